// A forum post on Discord whose case is resolved at night: tagged, archived, asked for stars in the morning, and open again
// with its own tags when the customer goes on.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { realClock } from '../../src/real-clock.ts'
import { withServer } from '../servers.ts'
import { discordDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'

withServer('postgres')('a forum post that is solved', () => {
  let shift = 0
  const clock = { ...realClock, now: () => realClock.now() + shift }
  const KOREA_MS = 9 * 3_600_000
  const DAY_MS = 24 * 3_600_000
  const today = Math.floor((realClock.now() + KOREA_MS) / DAY_MS) * DAY_MS - KOREA_MS
  const standAt = (day: number, hour: number): void => {
    shift = today + day * DAY_MS + hour * 3_600_000 - realClock.now()
  }
  let pages: PagesWorld
  beforeAll(async () => {
    pages = await openPagesWorld('discord', {}, clock)
    pages.world.vllm.reply('사흘쯤 걸려요.')
  }, 120_000)
  afterAll(() => pages[Symbol.asyncDispose]())

  it('is archived again after the stars of the morning, and gets back the tag that had made room', async () => {
    const { stage, world } = pages
    const desk = await discordDesk(world)
    const tags = ['배송', '환불', '교환', '쿠폰', '급함']
    const forum = world.discord.channel('질문게시판', { type: 'forum', tags: [...tags, '해결됨'] })
    await desk.open()
    const set = world.discord
      .user('대표')
      .command('설정', { 이름: 'archive', 값: 'on', 범위: 'workspace' }, '상담')
    await world.discord.until(() => set.messages.some(({ content }) => content.includes('바꿨어요')), {
      what: 'the setting',
      timeoutMs: 15_000,
    })
    const question = stage.post!('minji', { title: '환불', text: '환불은 언제 되나요?', tags })
    await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
    await stage.press('minji', question.answers()[0]!, /상담원 연결/)
    await stage.until(() => desk.cards().length > 0, 'the card', 15_000)
    const card = desk.cards().at(-1)!
    await stage.until(() => desk.thread(card).length > 0, 'the thread', 15_000)
    const thread = () => world.discord.threads(forum.id)[0]
    const stars = () => question.answers().find(({ buttons }) => buttons.includes('★★★★★'))
    standAt(2, 23)
    await desk.press('agent', card, /해결/)
    await stage.until(() => thread()?.archived === true, 'it archived', 15_000)
    expect(thread()?.tags).toEqual([...tags.slice(0, 4), '해결됨'])
    expect(stars()).toBeUndefined()
    await world.restart()
    standAt(3, 9.01)
    await stage.until(() => stars() !== undefined, 'the stars', 20_000)
    await stage.until(() => thread()?.archived === true, 'it archived again', 15_000)
    await stage.press('minji', stars()!, /★★★★★/)
    await stage.until(() => desk.cards()[0]!.text.includes('★★★★★'), 'the stars on the card', 15_000)
    // A word of the customer’s opens it.
    stage.follow('minji', question, '아직 안 됐어요.')
    await stage.until(() => String(thread()?.tags) === String(tags), 'its own tags', 15_000)
    expect(thread()?.archived).toBe(false)
    // Resolved again, by day: the stars come with the word of the end, and it is archived after them.
    standAt(3, 15)
    await desk.press('agent', card, /해결/)
    await stage.until(
      () => question.answers().filter(({ buttons }) => buttons.includes('★★★★★')).length === 2,
      'stars again',
      15_000,
    )
    await stage.until(() => thread()?.archived === true, 'it archived once more', 15_000)
    expect(thread()?.tags).toEqual([...tags.slice(0, 4), '해결됨'])
  }, 90_000)
})
