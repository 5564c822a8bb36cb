// All that is kept of a person, seen whole: a customer does everything that there is, staff do everything about them, and
// then an operator exports and erases it. Every column of every table is looked at, so that what a new feature keeps is
// found here before it is found by somebody who asked to be forgotten.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../cli/support.ts'
import { withServer } from '../servers.ts'
import { quiet } from './audit.ts'
import { createDayClock } from './day-clock.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import type { Question, Seen, Stage } from './stage.ts'
import { askedOf } from './translation-model.ts'

/** What Minji writes, and what is written to her or about her; each word is written once. */
const OWN = ['zfquestion', 'zffollow', 'zfedited', 'zfmine', 'zfreason', 'zfcomment', 'zffile'] as const
const ABOUT = [
  ...[
    'plumreply',
    'plumhere',
    'plumnote',
    'plumcommand',
    'plumnumber',
    'plumtone',
    'plumsent',
    'plumform',
    'plumdraft',
  ],
  ...['plumcorrected', 'plumsummary', 'plumarticle', 'plumtranslated', 'plumtranslation'],
] as const
const OTHER = 'kiwihers'
const OTHERS_STAFF = 'kiwireply'

withServer('postgres')('a customer who is forgotten', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    let minji: string
    let home: string
    const isSlack = platform === 'slack'
    beforeAll(async () => {
      pages = await openPagesWorld(platform, {}, createDayClock())
      stage = pages.stage
      desk = isSlack ? slackDesk(pages.world) : await discordDesk(pages.world)
      const { slack, discord } = pages.world
      minji = isSlack ? 'UMINJI' : discord.user('minji', { locale: 'ko' }).id
      home = isSlack ? slack.teamId : discord.guild('하늘상점').id
      pages.world.vllm.reply((request) => {
        const system = JSON.stringify(request.body.messages?.[0])
        const asked = askedOf(request)
        // What was said before in the channel, by others too, is told with a translation; it is not what is translated.
        const said = asked?.text ?? JSON.stringify(request.body.messages)
        const about = said.includes('kiwi') ? 'kiwi' : /zf|plum/.test(said) ? 'plum' : 'pear'
        if (asked)
          return asked.to === 'Korean' ? `${about}translated 확인했어요.` : `The ${about}translation it is.`
        if (system.includes('You summarise'))
          return `ko: ${about}summary 요약\nen: ${about}summary\ncategory: other`
        if (system.includes('A support case is closed'))
          return `question: 교환이 되나요?\nanswer: 네, ${about}article 교환해 드려요.`
        if (system.includes('You rewrite')) return 'I am afraid that is not possible, plumtone.'
        if (system.includes('You draft')) return `${about}draft 제안이에요.`
        return '사흘쯤 걸려요.'
      })
      await desk.open()
      await desk.set('stafflanguage en')
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const seen = (question: Question, text: RegExp | string): Promise<void> =>
      stage.until(
        () => question.answers().some((one) => one.text.match(text) !== null),
        `${text} for the customer`,
        15_000,
      )
    const staffSees = (card: Seen, text: RegExp | string): Promise<void> =>
      stage.until(
        () => desk.thread(card).some((one) => one.match(text) !== null),
        `${text} for staff`,
        15_000,
      )
    const told = (text: RegExp): Promise<void> =>
      stage.until(
        () => [...desk.told('agent'), ...desk.told('boss')].some((one) => text.test(one)),
        `${text}`,
        15_000,
      )
    const done = (question: Question): Seen[] => question.answers().filter(({ isDone }) => isDone)
    const connected = async (who: string, text: string): Promise<{ question: Question; card: Seen }> => {
      const question = stage.ask(who, text)
      await stage.until(() => done(question).length > 0, 'an answer', 15_000)
      await stage.press(who, done(question)[0]!, /상담원 연결/)
      const card = () => desk.cards().findLast((one) => one.text.includes(text.split(' ').at(-1)!))
      await stage.until(() => card() !== undefined, 'the card', 15_000)
      await desk.press('agent', card()!, /맡기/)
      await seen(question, /상담을 맡았어요/)
      return { question, card: card()! }
    }
    /** Nothing waits or is worked on, and nothing moves on the platform any more. */
    const settled = async (): Promise<void> => {
      const open = `select lane, kind from inbox where state in ('pending', 'taken')
        union all select lane, kind from turns where state in ('pending', 'running', 'held')`
      for (let calm = 0; calm < 2; calm++) {
        await expect.poll(() => pages.db.query(open), { timeout: 30_000 }).toEqual([])
        await quiet(pages.world)
      }
    }
    /** Where a text stands, in whatever table and column: "inbox.text 2". */
    const holding = async (words: readonly string[]): Promise<string[]> => {
      const columns = await pages.db.query<{ name: string; column: string }>(
        `select format('%I.%I', table_schema, table_name) as name, quote_ident(column_name) as column
         from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')`,
      )
      const found: string[] = []
      for (const { name, column } of columns) {
        const rows = await pages.db.query<{ word: string; count: number }>(
          `select sought as word, count(*)::int as count from ${name}, unnest($1::text[]) as sought
           where strpos(lower(${name}.${column}::text), lower(sought)) > 0 group by sought`,
          [words],
        )
        found.push(...rows.map(({ word, count }) => `${name}.${column} ${word} ${count}`))
      }
      return found.sort()
    }
    const otherPerson = async (): Promise<void> => {
      const { question, card } = await connected('haru', `교환을 하고 싶어요. ${OTHER}`)
      await desk.write('agent', card, `Done ${OTHERS_STAFF}`)
      await seen(question, /kiwitranslated/)
      await desk.press('agent', card, /해결/)
    }

    /** Others' menu entry about what somebody said. */
    const translate = async (said: Question): Promise<void> => {
      const { slack, discord } = pages.world
      if (isSlack)
        return slack
          .user('UDUN', { locale: 'en-US' })
          .shortcut('translate', said.id)
          .then(() => undefined)
      discord.user('dun', { locale: 'en-US' }).messageCommand('Translate', { id: said.id })
    }
    const inStaffChannel = (text: string): void => {
      const { slack, discord } = pages.world
      if (isSlack) slack.user('UBOSS').say('CSTAFF', `${slack.mention} ${text}`)
      else discord.user('대표').say('상담', `${discord.botMention} ${text}`)
    }

    /** Everything that a customer can do, and that staff can do about them. */
    const everything = async (): Promise<Seen> => {
      const bytes = Buffer.from('x')
      const { question, card } = await connected('minji', '교환이 될까요? zfquestion')
      await staffSees(card, /./)
      stage.follow('minji', question, '급해요 zffollow', { name: 'zffile.txt', mime: 'text/plain', bytes })
      await staffSees(card, 'zffollow')
      const edited = stage.follow('minji', question, '잘못 썼어요')
      await staffSees(card, /잘못 썼어요/)
      stage.edit('minji', edited, '고쳐 썼어요 zfedited')
      await staffSees(card, 'zfedited')
      await desk.write('agent', card, 'Let me look into it, plumreply')
      await seen(question, /plumtranslated/)
      await desk.pressIn('agent', card, /번역 고치기|Edit the translation|Edit translation/, {
        text: '확인했어요 plumform',
      })
      await seen(question, /plumform/)
      stage.follow(isSlack ? 'agent' : 'Alex', question, '제가 볼게요 plumhere')
      await staffSees(card, /plumhere/)
      await desk.write('agent', card, '// called before, plumnote')
      await desk.ticket('agent', card, 'note', 'ask for the receipt plumcommand')
      await desk.write('agent', card, `${desk.mention} tone: Nope, plumtone.`)
      await desk.pressIn('agent', card, /^고치기/, { text: '안녕하세요. plumsent 보내 드려요.' })
      await seen(question, /plumsent/)
      await desk.press('agent', card, /답변 제안/)
      await told(/plumdraft 제안/)
      const number = /#(\d+)/.exec(card.text)![1]
      inStaffChannel(`티켓 메모 #${number} 영수증 plumnumber`)
      const notes = () => pages.db.query(`select 1 from ticket_lines where text like '%plumnumber%'`)
      await expect.poll(notes, { timeout: 15_000 }).toHaveLength(1)
      const answer = done(question)[0]!
      await desk.press('minji', answer, /아쉬워요/)
      await desk.choose('minji', /직접 쓸게요/, { text: '틀려요 zfreason' })
      await stage.until(
        () => desk.told('minji').some((text) => text.includes('자세히')),
        'the thanks',
        15_000,
      )
      await desk.menu('boss', 'correct', answer.id, { text: '나흘쯤 걸려요. plumcorrected' })
      await seen(question, /plumcorrected/)
      await translate(stage.ask('minji', '이 신발 좋아요 zfmine', { isMention: false }))
      const translations = () =>
        pages.db.query(`select 1 from turns where kind = 'translate' and state = 'done'`)
      await expect.poll(translations, { timeout: 15_000 }).toHaveLength(1)
      await desk.press('agent', card, /해결/)
      await seen(question, /마무리/)
      await desk.press('minji', question.answers().find(({ text }) => text.includes('마무리'))!, /★★★★★/)
      await desk.choose('minji', /의견 남기기/, { text: '고마워요 zfcomment' })
      await stage.until(
        () => desk.cards().some(({ text }) => text.includes('zfcomment')),
        'the comment',
        15_000,
      )
      await stage.until(
        () => desk.cards().some(({ text }) => text.includes('plumarticle')),
        'the article',
        15_000,
      )
      return card
    }

    it('leaves nothing behind, in any column of any table, and takes nothing of others along', async () => {
      await otherPerson()
      const card = await everything()
      await settled()
      const all = [...OWN, ...ABOUT, 'minji', minji]
      const before = await holding(all)
      for (const word of all) expect(before.filter((where) => where.includes(` ${word} `))).not.toEqual([])
      const others = await holding([OTHER, OTHERS_STAFF, 'kiwi'])
      expect(others.join()).toContain(OTHERS_STAFF)
      const { env } = pages.world
      const exported = await run(['people', 'export', platform, home, minji], env)
      expect(exported.code).toBe(0)
      for (const word of all) expect(exported.out).toContain(word)
      expect(exported.out).not.toContain('kiwi')
      expect(desk.thread(card).join()).toContain('zffollow')

      const erased = await run(['people', 'erase', platform, home, minji, '--yes'], env)
      expect(erased.code).toBe(0)
      await stage.until(() => !desk.thread(card).join().includes('zf'), 'the copies taken away', 30_000)
      await stage.until(
        () => !desk.cards().some(({ text }) => /zf|plum/.test(text)),
        'the cards taken away',
        30_000,
      )
      await settled()
      expect(await holding(all)).toEqual([])
      expect(await holding([OTHER, OTHERS_STAFF, 'kiwi'])).toEqual(others)
      expect(await run(['people', 'export', platform, home, minji], env)).toMatchObject({ code: 0, out: '' })
    }, 180_000)

    it('of somebody on the team what they wrote goes, and their name everywhere else; the cases stay', async () => {
      const cases = await pages.db.query('select id, question, summary_en, status from tickets')
      expect(cases).toHaveLength(1)
      const agent = isSlack ? 'UAGENT' : pages.world.discord.user('Alex').id
      expect(await holding([agent, 'Alex'])).not.toEqual([])
      const erased = await run(['people', 'erase', platform, home, agent, '--yes'], pages.world.env)
      expect(erased.code).toBe(0)
      await settled()
      expect(await holding([agent, 'Alex'])).toEqual([])
      expect(await pages.db.query('select id, question, summary_en, status from tickets')).toEqual(cases)
    }, 60_000)
  })
})
