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
  slack.channel('CSTAFF', { name: 'desk' })
  const outbound = openOutbound(slack)
  expect(await outbound.isShared(placeOf('CSTAFF', null))).toBe(false)
  slack.channel('CSTAFF', { isExtShared: true })
  expect(await outbound.isShared(placeOf('CSTAFF', null))).toBe(true)
})
