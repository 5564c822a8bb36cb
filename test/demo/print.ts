// How the demo looks in a terminal: one block per step, Korean and English side by side.
import type { Crash } from './crash.ts'
import type { Shown, Step } from './steps.ts'
import type { Trace } from './traces.ts'
import { isExaone, type World } from './world.ts'

export function heading({ endpoint }: World): string {
  const model = !endpoint
    ? '리허설 모델입니다. EXAONE이 아닙니다. · Rehearsal model, not EXAONE.'
    : isExaone(endpoint)
      ? `${endpoint.model} (${endpoint.baseUrl})`
      : `${endpoint.model} (${endpoint.baseUrl}) · EXAONE이 아닙니다. Not EXAONE.`
  return `Damso demo — ${model}\n`
}

export function stepLines(step: Step, { trace, answer }: Shown): string {
  const title = `${step.platform.padEnd(8)}${step.what.ko} · ${step.what.en}`
  return [
    `✔ ${title}`,
    `    ${step.who}: ${step.text}`,
    `    Damso: ${oneLine(answer)}`,
    `    ${timesOf(trace)}`,
    '',
  ].join('\n')
}

/** All counted from the moment in which the person pressed Enter. */
export function timesOf(trace: Trace): string {
  const stages: [string, number | undefined][] = [
    ['받음 received', trace.receivedAt],
    ['저장 saved', trace.savedAt],
    ['대기열 queued', trace.queuedAt],
    ['첫 글자 first word', trace.firstWordAt],
    ['답변 완료 answered', trace.doneAt],
  ]
  return stages.map(([name, at]) => `${name} ${msOf(trace.sentAt, at)}`).join(' → ')
}

export function crashLines({ fragment, answeredMs, visible }: Crash): string {
  return [
    '✔ 답변을 쓰던 중에 kill -9 · killed in the middle of an answer',
    `    보이던 글자 characters shown by then: Slack ${fragment.slack}, Discord ${fragment.discord}`,
    `    다시 켜서 답변 완료 · started again and answered in ${seconds(answeredMs)}`,
    `    Slack   visible answers: ${visible.slack}`,
    `    Discord visible answers: ${visible.discord}`,
    '',
  ].join('\n')
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function msOf(from: number, at: number | undefined): string {
  return at === undefined ? '?' : `${Math.max(0, Math.round(at - from))} ms`
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 88 ? `${line.slice(0, 88).toWellFormed()}…` : line
}
