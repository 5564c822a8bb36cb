// What the audit of the faults suite must notice: here it is shown it on purpose.
import { expect, test } from 'vitest'
import { words } from '../../src/core/wording.ts'
import { startFakeDiscord } from '../fakes/discord/index.ts'
import { startFakeSlack } from '../fakes/slack/index.ts'
import { doublesIn, faultsIn } from './audit.ts'
import type { Lane } from './speech.ts'

const ANSWER = '접수1번 답변을 시작할게요. 내일 와요. 접수1번 답변은 여기까지예요.'

function laneOf(buttons: string[]): Lane {
  const one = () => 1
  return {
    ...{ platform: 'slack', who: 'minji1', slackDm: null, question: { id: '1', answers: () => [] } },
    said: [{ number: 1, id: '1', atLeast: one, atMost: one }],
    answers: () => [{ id: '2', text: ANSWER, links: [], isDone: true, buttons, isPrivate: false, files: [] }],
  }
}

test.each(['ko', 'en'] as const)('a Stop button that stays is noticed: %s', (lang) => {
  expect(faultsIn(laneOf([words(lang).up]))).toEqual([])
  expect(faultsIn(laneOf([words(lang).stop]))).toEqual(['접수1번: still has its Stop button'])
})

test('a second answer is noticed wherever it stands', async () => {
  await using slack = await startFakeSlack()
  await using discord = await startFakeDiscord()
  for (const id of ['C1', 'C2']) slack.channel(id, { name: id.toLowerCase() })
  const post = (channel: string) =>
    fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel, text: ANSWER }),
    })
  await post('C1')
  expect(doublesIn({ slack, discord }, [laneOf([])])).toEqual([])
  await post('C2')
  expect(doublesIn({ slack, discord }, [laneOf([])])).toEqual(['접수1번: 2 whole answers in all places'])
})

test('one answer to two messages may name them in the order of their writing, two answers may not', () => {
  const said = (number: number) => ({ number, id: `${number}`, atLeast: () => 1, atMost: () => 1 })
  const seen = (...marks: number[]) => {
    const all = marks.map((number) => `접수${number}번`).join(' ')
    const text = `${all} 답변을 시작할게요. 내일 와요. ${all} 답변은 여기까지예요.`
    return { id: all, text, links: [], isDone: true, buttons: [], isPrivate: false, files: [] }
  }
  // Slack delivered the second one first.
  const lane = { ...laneOf([]), said: [said(2), said(1)] }
  expect(faultsIn({ ...lane, answers: () => [seen(1, 2)] })).toEqual([])
  expect(faultsIn({ ...lane, answers: () => [seen(2), seen(1)] })).toEqual([])
  expect(faultsIn({ ...lane, answers: () => [seen(1), seen(2)] })).toEqual([
    'out of order on slack (1): said 2,1, answered 1,2',
  ])
})
