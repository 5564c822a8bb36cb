// What must be true of every question in the end, whatever happened on the way: exactly one complete visible answer in
// its thread, and nothing that still looks as if it were being written.
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeVllm } from '../fakes/vllm/index.ts'
import type { Platforms, Question } from './stage.ts'

const STOP = /멈추기|^Stop/

/** A question's mark: in its text, and at both ends of its answer. */
export function markOf(number: number): string {
  return `접수${number}번`
}

/** The model answers with the question's mark first and last, so that a cut or doubled answer shows. */
export function answerByMark(vllm: FakeVllm): void {
  vllm.reply((request) => {
    const mark = /접수\d+번/.exec(request.lastUser)?.[0] ?? '접수없음'
    return `${mark} 답변을 시작할게요. ${STEPS.join(' ')} ${mark} 답변은 여기까지예요.`
  })
}

const STEPS = [
  '주문 내역에서 배송 상태를 볼 수 있어요.',
  '출고가 끝났다면 송장 번호가 함께 보여요.',
  '평일 오후 두 시 전에 주문하시면 당일에 나가요.',
  '제주와 섬 지역은 이틀쯤 더 걸려요.',
  '받는 분 주소는 출고 전까지 바꿀 수 있어요.',
  '궁금한 점이 남으면 언제든 다시 물어봐 주세요.',
]

/** What is wrong with the answer to a question; [] when it is as it must be. */
export function faultsOf(question: Question, mark: string): string[] {
  const answers = question.answers()
  if (answers.length === 0) return [`${mark}: no answer`]
  if (answers.length > 1)
    return [`${mark}: ${answers.length} posts: ${answers.map((one) => one.text).join(' ‖ ')}`]
  const [{ text, isDone, buttons } = answers[0]!] = answers
  const faults: string[] = []
  if (!isDone) faults.push(`${mark}: not complete: ${text}`)
  if (buttons.some((label) => STOP.test(label))) faults.push(`${mark}: still has its Stop button`)
  for (const part of [`${mark} 답변을 시작할게요`, `${mark} 답변은 여기까지예요`]) {
    const times = text.split(part).length - 1
    if (times !== 1) faults.push(`${mark}: “${part}” is shown ${times} times in: ${text}`)
  }
  return faults
}

/** What still looks unfinished anywhere: streams, sessions with a Stop button, “thinking”. */
export function unfinished({ slack, discord }: Platforms, channels: readonly string[]): string[] {
  const found: string[] = []
  for (const channel of channels) {
    for (const root of slack.timeline(channel)) {
      for (const one of slack.thread(channel, root.ts))
        if (one.streamingState === 'in_progress') found.push(`streams on: ${one.text}`)
      if (slack.session(channel, root.ts)?.status === 'processing') found.push(`Stop is shown in ${root.ts}`)
    }
  }
  for (const interaction of discord.interactions())
    if (interaction.state === 'thinking') found.push(`thinking: interaction ${interaction.id}`)
  return found
}

/** Status lines that are still shown, such as “writing…”. */
export function leftStatuses({ slack }: Platforms, channels: readonly string[]): string[] {
  return channels.flatMap((channel) =>
    slack.timeline(channel).flatMap(({ ts }) => {
      const status = slack.status(channel, ts)
      return status === '' ? [] : [`status in ${ts}: ${status}`]
    }),
  )
}

/** Resolves once neither platform has changed for a while: a second answer would follow closely. */
export async function quiet({ slack, discord }: Platforms, ms = 750): Promise<void> {
  let changedAt = performance.now()
  const offs = [slack, discord].map((fake) => fake.onChange(() => (changedAt = performance.now())))
  while (performance.now() - changedAt < ms) await sleep(50)
  for (const off of offs) off()
}

/** Waits until nothing is wrong any more; after `timeoutMs` it gives up silently, and the caller says what still is. */
export async function untilNone(faults: () => string[], timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs
  // The fakes live in this process: looking more often would slow down what is looked at.
  while (faults().length > 0 && performance.now() < end) await sleep(200)
}
