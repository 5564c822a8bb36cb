// For which installation something arrived, and who belongs to whom: workspaces, organisations and strangers.
import { expect, test } from 'vitest'
import type { Person } from '../../src/slack/directory.ts'
import { originOfEvent, originOfInteraction, threadOf, toAuthor, toRoom } from '../../src/slack/room.ts'

const somebody: Person = {
  name: 'mina',
  team: 'T1',
  enterprise: '',
  locale: 'ko-KR',
  zone: null,
  isAdmin: false,
  isGuest: false,
  isStranger: false,
  isBot: false,
}

function heardBy(authorization: object, more: object = {}) {
  return originOfEvent({
    api_app_id: 'A1',
    authorizations: [{ user_id: 'UBOT', is_bot: true, is_enterprise_install: false, ...authorization }],
    ...more,
  })
}

test('the installation that hears an event counts, not the team where it was written', () => {
  expect(heardBy({ team_id: 'T1' }, { team_id: 'T2', context_team_id: 'T1' })).toMatchObject({
    workspace: 'slack:T1',
    team: 'T1',
    botUser: 'UBOT',
  })
})

test('an app installed for a whole organisation has one workspace, and one audience in a channel of several teams', () => {
  const origin = heardBy(
    { team_id: null, enterprise_id: 'E1', is_enterprise_install: true },
    { context_team_id: 'T7' },
  )
  expect(origin.workspace).toBe('slack:E1')
  const slash = { team_id: 'T8', enterprise_id: 'E1', is_enterprise_install: 'true' }
  const here = toRoom(origin, 'C1', null)
  expect(here).toMatchObject({ workspace: 'slack:E1', audience: 'slack:E1:C1' })
  expect(
    toRoom(
      originOfInteraction(slash, () => null),
      'C1',
      null,
    ),
  ).toEqual(here)
})

test('a button belongs to the bot that shows it, whoever presses it; a shortcut to the one who uses it', () => {
  const homeOf = (user: string) => (user === 'UBOT' ? 'slack:T1' : null)
  const used = { team: { id: 'T9' }, enterprise: { id: 'E9' }, message: { user: 'UBOT' } }
  expect(originOfInteraction({ ...used, type: 'block_actions' }, homeOf)).toMatchObject({
    ...{ workspace: 'slack:T1', team: 'T1', enterprise: '' },
  })
  expect(originOfInteraction({ ...used, type: 'message_action' }, homeOf).workspace).toBe('slack:T9')
})

test('everybody in a shared channel is in one audience', () => {
  const origin = heardBy({ team_id: 'T1' }, { is_ext_shared_channel: true })
  const mine = toRoom(origin, 'C1', null)
  const reply = toRoom(origin, 'C1', '1.2')
  expect(reply.audience).toBe(mine.audience)
  expect(mine.sharedExternally).toBe(true)
  expect(toRoom(origin, 'C2', null).audience).not.toBe(mine.audience)
})

test('members, guests, strangers and people of a sister workspace are told apart', () => {
  const shared = heardBy({ team_id: 'T1', enterprise_id: 'E1' }, { is_ext_shared_channel: true })
  const kindOf = (team: string, person: Partial<Person> | null) =>
    toAuthor('U1', { name: '', team, isBot: false }, person && { ...somebody, ...person }, shared).kind
  expect(kindOf('T1', {})).toBe('member')
  expect(kindOf('T1', { isGuest: true })).toBe('guest')
  expect(kindOf('T9', { isStranger: true })).toBe('external')
  expect(kindOf('T9', null)).toBe('external')
  expect(kindOf('T2', { team: 'T2', enterprise: 'E1' })).toBe('member')
})

test('a root is not in its own thread', () => {
  expect(threadOf({ ts: '1.1', thread_ts: '1.1' })).toBeNull()
  expect(threadOf({ ts: '1.2', thread_ts: '1.1' })).toBe('1.1')
  expect(threadOf({ ts: '1.2' })).toBeNull()
})
