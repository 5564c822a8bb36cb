// A person's own time zone, as people say it; what only begins like it is a question.
import { describe, expect, test } from 'vitest'
import { route } from '../../src/core/route.ts'
import { isNoZone, readMyZone, readZone } from '../../src/core/zone.ts'
import { authorOf, commandOf, discordPlace, enqueued, messageOf, viewOf } from './support.ts'

describe('a zone', () => {
  test.each([
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['asia/tokyo', 'Asia/Tokyo'],
    ['도쿄', 'Asia/Tokyo'],
    ['뉴욕으로', 'America/New_York'],
    ['New York', 'America/New_York'],
    ['한국', 'Asia/Seoul'],
  ])('%s', (typed, zone) => expect(readZone(typed)).toBe(zone))
  test.each(['Mars/Olympus', '화성', 'Seoul City', '', '3시'])('%s is none', (typed) =>
    expect(readZone(typed)).toBeUndefined(),
  )
  test.each(['auto', '자동', '자동으로'])('%s undoes it', (typed) => expect(isNoZone(typed)).toBe(true))
  test('stands behind “my zone”', () => {
    expect(readMyZone('my zone Asia/Tokyo')).toBe('Asia/Tokyo')
    expect(readMyZone('내 시간대: 도쿄')).toBe('도쿄')
    expect(readMyZone('my zone')).toBe('')
    expect(readMyZone('zone Asia/Tokyo')).toBeNull()
  })
})

describe('of one’s own', () => {
  const said = (text: string) => enqueued(route(messageOf({ text, place: discordPlace() }), viewOf()))
  test.each([
    ['내 시간대 뉴욕', 'America/New_York'],
    ['my zone Asia/Tokyo', 'Asia/Tokyo'],
    ['my time zone to Asia/Tokyo', 'Asia/Tokyo'],
    ['설정 내 시간대 도쿄', 'Asia/Tokyo'],
    ['settings my zone Asia/Tokyo', 'Asia/Tokyo'],
    ['시간대 도쿄', 'Asia/Tokyo'],
    ['zone auto', null],
  ])('“%s” sets it, for anybody', (text, zone) =>
    expect(said(text)).toMatchObject({ kind: 'my-zone', body: { isPrivate: true, zone } }),
  )

  test.each([
    'my time zone is wrong on the invoice',
    '시간대가 다른데 언제 상담돼요?',
    'zone 3 delivery costs?',
  ])('“%s” is a question', (text) => expect(said(text).kind).toBe('answer'))

  test('by command, also under the settings, which are the admins’ otherwise', () => {
    const sent = (options: Record<string, string>, name: string) =>
      route(commandOf({ name, author: authorOf({ isAdmin: false }), options }), viewOf())
    expect(sent({ name: '도쿄' }, 'zone')).toMatchObject({ kind: 'my-zone', body: { zone: 'Asia/Tokyo' } })
    expect(sent({ name: 'my', value: 'zone Asia/Tokyo' }, 'settings')).toMatchObject({
      ...{ kind: 'my-zone', body: { zone: 'Asia/Tokyo' } },
    })
    expect(sent({ name: 'zone', value: 'Asia/Tokyo' }, 'settings')).toMatchObject({ type: 'reply' })
    expect(sent({ name: '화성' }, 'zone')).toMatchObject({
      ...{ type: 'reply', content: { text: expect.stringContaining('시간대를 몰라요') } },
    })
  })
})
