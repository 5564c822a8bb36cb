// Questions that go to a person by rule, and how the rules are set.
import { describe, expect, test } from 'vitest'
import { callsPerson, leadOf } from '../../src/core/hand-over-rule.ts'
import { route } from '../../src/core/route.ts'
import { labelOf, parseSettingValue } from '../../src/core/setting-words.ts'
import type { SettingName, Settings } from '../../src/core/settings.ts'
import { commandOf, enqueued, messageOf, viewOf } from './support.ts'

const RULE = '환불, 고소, lawsuit, 개인 정보'
const says = (text: string, person: string | null = RULE, channel = 'C1') =>
  callsPerson({ person, staffChannel: 'CSTAFF' }, { text, channel })

describe('words that call a person', () => {
  test.each([
    '환불해 주세요',
    '빨리 환불을 해 주세요.',
    '“고소”하겠습니다',
    'I will file a LAWSUIT.',
    '개인  정보가 샜어요',
  ])('%s', (text) => expect(says(text)).toBe(true))
  test.each(['교환해 주세요', '재환불이 뭐예요?', 'lawsuits101 is a channel', '', '원고소지자'])(
    'not %s',
    (text) => expect(says(text)).toBe(false),
  )
  test('every question, but none of the staff’s own, and none where there is no staff', () => {
    expect(says('안녕하세요', 'every')).toBe(true)
    expect(says('환불', 'every', 'CSTAFF')).toBe(false)
    expect(says('환불', null)).toBe(false)
    expect(callsPerson({ person: 'every', staffChannel: null }, { text: '환불', channel: 'C1' })).toBe(false)
  })
})

describe('on the way in', () => {
  const set: Partial<Settings> = { person: RULE, staffChannel: 'CSTAFF' }
  const asked = (text: string) => messageOf({ mentionsBot: true, text })
  test('a message with such a word is for a person; others are answered', () => {
    expect(enqueued(route(asked('환불되나요?'), viewOf(set)))).toMatchObject({
      ...{ kind: 'person', queue: 'relay', text: '환불되나요?' },
      body: { reason: 'rule' },
    })
    expect(enqueued(route(asked('교환되나요?'), viewOf(set)))).toMatchObject({ kind: 'answer' })
    expect(enqueued(route(asked('환불되나요?'), viewOf({ ...set, staffChannel: null })))).toMatchObject({
      kind: 'answer',
    })
  })
  test('so is one that is asked by command', () => {
    const command = commandOf({ name: 'ask', options: { question: '환불되나요?' } })
    expect(enqueued(route(command, viewOf(set)))).toMatchObject({ kind: 'person', body: { reason: 'rule' } })
  })
})

describe('as settings', () => {
  test.each<[SettingName, string, string | null | undefined]>([
    ['person', '환불,  고소 ,lawsuit', '환불, 고소, lawsuit'],
    ['person', '모두', 'every'],
    ['person', '없음', null],
    ['person', ' , ', undefined],
    ['person', 'a'.repeat(41), undefined],
    ['topics', '법률, 환불 분쟁', '법률, 환불 분쟁'],
    ['topics', 'none', null],
    ['lead', '나', 'U9|대표'],
    ['lead', '<@U0LEAD99|minsu>', 'U0LEAD99|minsu'],
    ['lead', '@민수', '|민수'],
    ['lead', 'none', null],
  ])('%s %s', (name, typed, kept) =>
    expect(parseSettingValue(name, typed, 'U9|대표')).toEqual(
      kept === undefined ? undefined : { value: kept },
    ),
  )
  test('are said back by name', () => {
    expect(labelOf('lead', 'U9|대표').ko).toBe('대표')
    expect(labelOf('person', 'every').en).toBe('every question goes to a person')
    expect(leadOf({ lead: '|민수' })).toEqual({ id: null, name: '민수' })
  })
})
