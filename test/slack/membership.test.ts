// Who is in a channel or user group, and which channels others read along in, asked of Slack itself.
import { afterEach, expect, test } from 'vitest'
import { closeAll, createShiftedClock, openOutbound, placeOf, startFake } from './rig.ts'

afterEach(closeAll)

test('members of the channel and of the user group belong; others, and a group that is unknown, do not', async () => {
  const slack = await startFake()
  slack.user('U1')
  slack.user('U2')
  slack.user('U3')
  slack.channel('CSTAFF', { members: ['U1'] })
  slack.usergroup('S1', ['U2'])
  const clock = createShiftedClock()
  const outbound = openOutbound(slack, { clock })
  const place = placeOf('CSTAFF', null)
  expect(await outbound.belongs(place, 'U1', null)).toBe(true)
  expect(await outbound.belongs(place, 'U2', null)).toBe(false)
  expect(await outbound.belongs(place, 'U2', 'S1')).toBe(true)
  expect(await outbound.belongs(place, 'U3', 'S1')).toBe(false)
  expect(await outbound.belongs(place, 'U2', 'S404')).toBe(false)
  // Who joins counts within a minute.
  slack.usergroup('S1', ['U2', 'U3'])
  expect(await outbound.belongs(place, 'U3', 'S1')).toBe(false)
  clock.shift(61_000)
  expect(await outbound.belongs(place, 'U3', 'S1')).toBe(true)
})

test('while Slack cannot be asked, nobody is said to be in the channel or not, and nobody to read it or not', async () => {
  const slack = await startFake()
  slack.user('U1')
  slack.channel('CSTAFF', { members: ['U1'] })
  const outbound = openOutbound(slack)
  const place = placeOf('CSTAFF', null)
  slack.failNext('conversations.members', { status: 500 })
  expect(await outbound.belongs(place, 'U1', null)).toBeNull()
  expect(await outbound.belongs(place, 'U1', null)).toBe(true)
  slack.failNext('conversations.info', { status: 500 })
  expect(await outbound.readersOf(place)).toBe('unknown')
  expect(await outbound.readersOf(placeOf('CNONE', null))).toBe('gone')
})

test('who joins or leaves counts at once where Slack says so', async () => {
  const slack = await startFake()
  slack.user('U1')
  slack.user('U2')
  slack.channel('CSTAFF', { members: ['U1'] })
  const outbound = openOutbound(slack)
  const place = placeOf('CSTAFF', null)
  expect(await outbound.belongs(place, 'U2', null)).toBe(false)
  slack.channel('CSTAFF', { members: ['U1', 'U2'] })
  expect(await outbound.belongs(place, 'U2', null)).toBe(false)
  outbound.membersChanged(place.workspace, 'CSTAFF')
  expect(await outbound.belongs(place, 'U2', null)).toBe(true)
})

test('who was deactivated has left', async () => {
  const slack = await startFake()
  slack.channel('C1')
  slack.user('U1')
  slack.user('U2', { isDeleted: true })
  const outbound = openOutbound(slack)
  expect(await outbound.hasLeft(placeOf('C1', null), 'U1')).toBe(false)
  expect(await outbound.hasLeft(placeOf('C1', null), 'U2')).toBe(true)
  slack.failNext('users.info', { status: 500 })
  expect(await outbound.hasLeft(placeOf('C1', null), 'U2')).toBe(false)
})

test('a channel that becomes shared is seen to be, at once', async () => {
  const slack = await startFake()
  slack.channel('CSTAFF', { name: 'desk', isPrivate: true })
  const outbound = openOutbound(slack)
  expect(await outbound.readersOf(placeOf('CSTAFF', null))).toBe('members')
  slack.channel('CSTAFF', { isPrivate: true, isExtShared: true })
  // Who is content with an older answer gets that.
  expect(await outbound.readersOf(placeOf('CSTAFF', null), 60_000)).toBe('members')
  expect(await outbound.readersOf(placeOf('CSTAFF', null))).toBe('organisations')
})

test('a public channel can be read by all of the workspace', async () => {
  const slack = await startFake()
  slack.channel('COPEN')
  slack.channel('CSHARED', { isExtShared: true })
  const outbound = openOutbound(slack)
  expect(await outbound.readersOf(placeOf('COPEN', null))).toBe('workspace')
  expect(await outbound.readersOf(placeOf('CSHARED', null))).toBe('organisations')
})
