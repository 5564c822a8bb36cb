// Who is staff, and where: a staff channel that others come to read is none, and a solved forum post says so.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onlyFor } from '../fakes/discord/setup.ts'
import { withServer } from '../servers.ts'
import { createDayClock } from './day-clock.ts'
import { discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question } from './stage.ts'

const ANSWER = '사흘쯤 걸려요.'

withServer('postgres')('staff and their places', () => {
  let slack: PagesWorld
  let discord: PagesWorld
  beforeAll(async () => {
    slack = await openPagesWorld('slack')
    discord = await openPagesWorld('discord', {}, createDayClock())
    for (const { world } of [slack, discord]) world.vllm.reply(ANSWER)
  }, 120_000)
  afterAll(async () => {
    await slack[Symbol.asyncDispose]()
    await discord[Symbol.asyncDispose]()
  })

  it('Slack: a channel that another organisation reads cannot be the staff channel', async () => {
    const { slack: platform } = slack.world
    platform.channel('CSHARED', { name: '공유', isExtShared: true })
    const boss = platform.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true })
    await boss.command('/damso', '설정 staff here', 'CSHARED')
    await platform.until(
      () =>
        platform.ephemerals('CSHARED', 'UBOSS').some(({ text }) => text.includes('상담 채널로 쓸 수 없어요')),
      { what: 'the refusal', timeoutMs: 15_000 },
    )
    // Nor by its name from somewhere else.
    platform.channel('C1', { name: '문의' })
    await boss.command('/damso', '설정 staff <#CSHARED|공유>', 'C1')
    await platform.until(
      () => platform.ephemerals('C1', 'UBOSS').some(({ text }) => text.includes('상담 채널로 쓸 수 없어요')),
      { what: 'the refusal elsewhere', timeoutMs: 15_000 },
    )
  }, 60_000)

  it('Discord: a channel that everybody on the server can see cannot be the staff channel, and one that was closed can', async () => {
    const { discord: platform } = discord.world
    const desk = await discordDesk(discord.world)
    platform.setPermissions('상담', { everyone: { allow: ['VIEW_CHANNEL'] } })
    await desk.open()
    const told = (): string => desk.told('boss').join('\n')
    await platform.until(() => told().includes('everyone의 ‘채널 보기’를 끄고'), {
      what: 'the refusal',
      timeoutMs: 15_000,
    })
    expect(await discord.db.query(`select 1 from settings where name = 'staffChannel'`)).toEqual([])
    platform.setPermissions('상담', onlyFor('상담팀'))
    await desk.open()
    await expect
      .poll(() => discord.db.query(`select 1 from settings where name = 'staffChannel'`), { timeout: 15_000 })
      .toHaveLength(1)
  }, 60_000)

  it('Slack: who is in the staff channel or its user group is staff, wherever they are', async () => {
    const { stage, world } = slack
    const desk = slackDesk(world)
    await desk.open()
    world.slack.usergroup('SLEADS0', ['ULEAD'])
    await desk.set('staffgroup SLEADS0')
    const lead = world.slack.user('ULEAD', { name: 'lead', locale: 'ko-KR' })
    const told = (): string[] => world.slack.ephemerals('C1', 'ULEAD').map(({ text }) => text)
    // Every process learns of a setting within two seconds.
    await expect
      .poll(
        async () => {
          await lead.command('/damso', '티켓 목록', 'C1')
          return told().some((text) => text.includes('그런 상담이 없어요'))
        },
        { timeout: 15_000, interval: 700 },
      )
      .toBe(true)
    const other = world.slack.user('UOTHER', { name: 'other', locale: 'ko-KR' })
    await other.command('/damso', '티켓 목록', 'C1')
    await stage.until(
      () => world.slack.ephemerals('C1', 'UOTHER').some(({ text }) => text.includes('담당자만 할 수 있어요')),
      'the refusal',
      15_000,
    )
  }, 60_000)

  it('Discord: a forum post that is solved gets the tag, and loses it when its author writes again', async () => {
    const { stage, world } = discord
    const desk = await discordDesk(world)
    world.discord.channel('질문게시판', { type: 'forum', tags: ['배송', '환불', '해결됨'] })
    await desk.open()
    const question: Question = stage.post!('minji', {
      title: '환불',
      text: '환불은 언제 되나요?',
      tags: ['환불'],
    })
    await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
    await stage.press('minji', question.answers()[0]!, /상담원 연결/)
    await stage.until(() => desk.cards().length > 0, 'the card', 15_000)
    const card = desk.cards().at(-1)!
    const tags = (): string[] => world.discord.threads('질문게시판')[0]?.tags ?? []
    await stage.until(() => desk.thread(card).length > 0, 'the thread', 15_000)
    await desk.press('agent', card, /해결/)
    await stage.until(() => tags().includes('해결됨'), 'the tag', 15_000)
    expect(tags()).toEqual(['환불', '해결됨'])
    stage.follow('minji', question, '아직 안 됐어요.')
    await stage.until(() => !tags().includes('해결됨'), 'the tag taken off', 15_000)
    expect(tags()).toEqual(['환불'])
  }, 60_000)
})
