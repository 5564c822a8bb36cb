// What the people's desk asks of Discord: who is staff, and the tag of a forum post that is solved.
import { afterEach, expect, test } from 'vitest'
import { closeAll, openOutbound, placeOf, startFake } from './rig.ts'

afterEach(closeAll)

const HOW = { tag: null, isArchived: false, dropped: null, onDrop: async () => undefined }

test('who can read a private channel belongs, and who has the role; in a channel that all can read nobody does by that', async () => {
  const discord = await startFake()
  const guild = discord.guild('G1')
  const team = discord.role('상담팀')
  const lead = discord.role('리드')
  const open = discord.channel('잡담')
  const closed = discord.channel('상담', {
    permissions: {
      everyone: { deny: ['VIEW_CHANNEL'] },
      bot: { allow: ['VIEW_CHANNEL'] },
      상담팀: { allow: ['VIEW_CHANNEL'] },
    },
  })
  const agent = discord.user('alex', { roles: ['상담팀'] })
  const boss = discord.user('boss', { admin: true })
  const guest = discord.user('guest', { roles: ['리드'] })
  const outbound = openOutbound(discord)
  const at = (channel: { id: string }) => placeOf(channel, null, `discord:${guild.id}`)
  expect(await outbound.belongs(at(closed), agent.id, null)).toBe(true)
  expect(await outbound.belongs(at(closed), boss.id, null)).toBe(true)
  expect(await outbound.belongs(at(closed), guest.id, null)).toBe(false)
  expect(await outbound.belongs(at(closed), guest.id, lead.id)).toBe(true)
  expect(await outbound.belongs(at(open), agent.id, null)).toBe(false)
  expect(await outbound.belongs(at(open), agent.id, team.id)).toBe(true)
  expect(await outbound.belongs(at(closed), '1'.repeat(18), null)).toBe(false)
  discord.setPermissions('상담', { guest: { allow: ['VIEW_CHANNEL'] } })
  expect(await openOutbound(discord).belongs(at(closed), guest.id, null)).toBe(true)
})

test('the owner of the server belongs without any role, and no more than others where all can read', async () => {
  const discord = await startFake()
  const owner = discord.user('주인')
  const other = discord.user('손님')
  const guild = discord.guild('G2', { owner: '주인' })
  const open = discord.channel('잡담', { guild: 'G2' })
  const closed = discord.channel('상담', {
    ...{
      guild: 'G2',
      permissions: { everyone: { deny: ['VIEW_CHANNEL'] }, bot: { allow: ['VIEW_CHANNEL'] } },
    },
  })
  const outbound = openOutbound(discord)
  const at = (channel: { id: string }) => placeOf(channel, null, `discord:${guild.id}`)
  expect(await outbound.belongs(at(closed), owner.id, null)).toBe(true)
  expect(await outbound.belongs(at(closed), other.id, null)).toBe(false)
  expect(await outbound.belongs(at(open), owner.id, null)).toBe(false)
})

test('a channel that everybody can see is seen to be, and one that cannot be asked about is not taken for closed', async () => {
  const discord = await startFake()
  const guild = discord.guild('G1')
  const channel = discord.channel('상담', {
    permissions: { everyone: { deny: ['VIEW_CHANNEL'] }, bot: { allow: ['VIEW_CHANNEL'] } },
  })
  const outbound = openOutbound(discord)
  const place = placeOf(channel, null, `discord:${guild.id}`)
  expect(await outbound.readersOf(place)).toBe('members')
  discord.setPermissions('상담', { everyone: { allow: ['VIEW_CHANNEL'] } })
  expect(await outbound.readersOf(place, 60_000)).toBe('members')
  expect(await outbound.readersOf(place)).toBe('everyone')
  discord.failNext('GET /channels/{id}', { status: 500 })
  expect(await outbound.readersOf(place)).toBe('unknown')
  discord.setPermissions('상담', { everyone: { deny: ['VIEW_CHANNEL'] }, bot: { deny: ['VIEW_CHANNEL'] } })
  expect(await outbound.readersOf(place)).toBe('gone')
  discord.failNext('GET /guilds/{id}/members/{id}', { status: 500 })
  const minji = discord.user('minji')
  expect(await outbound.belongs(place, minji.id, null)).toBeNull()
})

test('who left the server has left, and who cannot be looked up is taken to be there', async () => {
  const discord = await startFake()
  const guild = discord.guild('G1')
  const channel = discord.channel('문의')
  const minji = discord.user('minji')
  const outbound = openOutbound(discord)
  const place = placeOf(channel, null, `discord:${guild.id}`)
  expect(await outbound.hasLeft(place, minji.id)).toBe(false)
  discord.leave(minji)
  expect(await outbound.hasLeft(place, minji.id)).toBe(true)
  expect(await outbound.hasLeft({ ...place, workspace: 'discord:dm' }, minji.id)).toBe(false)
})

async function forum(tags: string[], applied: string[], botPermissions?: never[]) {
  const discord = await startFake()
  const guild = discord.guild('G1', botPermissions ? { botPermissions } : {})
  const channel = discord.channel('질문', { type: 'forum', tags })
  const minji = discord.user('minji')
  const { threadId } = minji.post('질문', { title: '환불', text: '언제 되나요?', tags: applied })
  const outbound = openOutbound(discord)
  const place = placeOf(channel, threadId, `discord:${guild.id}`)
  const names = (): string[] => discord.thread(threadId)?.tags ?? []
  return { discord, outbound, place, names, threadId }
}

test('the tag comes and goes, by its usual name or the one that is set', async () => {
  const { outbound, place, names } = await forum(['환불', '해결됨', '종료'], ['환불'])
  expect(await outbound.markSolved(place, true, HOW)).toBe('done')
  expect(names()).toEqual(['환불', '해결됨'])
  expect(await outbound.markSolved(place, true, HOW)).toBe('done')
  expect(names()).toEqual(['환불', '해결됨'])
  await outbound.markSolved(place, false, HOW)
  expect(names()).toEqual(['환불'])
  await outbound.markSolved(place, true, { ...HOW, tag: '종료' })
  expect(names()).toEqual(['환불', '종료'])
})

test('where five tags are on the post, one makes room, and comes back afterwards', async () => {
  const tags = ['a', 'b', 'c', 'd', 'e']
  const { outbound, place, names } = await forum([...tags, 'Solved'], tags)
  const dropped: string[] = []
  const how = { ...HOW, onDrop: async (tag: string) => void dropped.push(tag) }
  await outbound.markSolved(place, true, how)
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'Solved'])
  expect(dropped).toHaveLength(1)
  // Again, as after a crash: nothing more is dropped.
  await outbound.markSolved(place, true, how)
  expect(dropped).toHaveLength(1)
  await outbound.markSolved(place, false, { ...HOW, dropped: dropped[0]! })
  expect(names()).toEqual(tags)
})

test('a forum without such a tag, and a place that is no forum, are left alone', async () => {
  const { discord, outbound, place, names } = await forum(['환불'], ['환불'])
  expect(await outbound.markSolved(place, true, HOW)).toBe('none')
  expect(names()).toEqual(['환불'])
  const text = discord.channel('잡담')
  expect(await outbound.markSolved({ ...place, channel: text.id, thread: null }, true, HOW)).toBe('none')
  expect(await outbound.markSolved({ ...place, thread: '9'.repeat(18) }, true, HOW)).toBe('none')
})

test('it is archived where that is set, and opened again to be changed', async () => {
  const { discord, outbound, place, names, threadId } = await forum(['해결됨'], [])
  await outbound.markSolved(place, true, { ...HOW, isArchived: true })
  expect(discord.thread(threadId)?.archived).toBe(true)
  // Again, it is left as it is; and what has opened it since does not keep it open.
  expect(await outbound.markSolved(place, true, { ...HOW, isArchived: true })).toBe('done')
  discord.user('sora').say(threadId, '저도 궁금해요')
  expect(discord.thread(threadId)?.archived).toBe(false)
  await outbound.markSolved(place, true, { ...HOW, isArchived: true })
  expect(discord.thread(threadId)?.archived).toBe(true)
  expect(names()).toEqual(['해결됨'])
  await outbound.markSolved(place, false, HOW)
  expect(discord.thread(threadId)?.archived).toBe(false)
  expect(names()).toEqual([])
})

test('without Manage Threads it is said that it was refused', async () => {
  const { outbound, place, names } = await forum(['해결됨'], [], [])
  expect(await outbound.markSolved(place, true, HOW)).toBe('refused')
  expect(names()).toEqual([])
})
