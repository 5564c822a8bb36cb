// What staff wrote becomes an article only once staff approve it: without personal data, in both languages, once.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Author } from '../../../src/core/inbound.ts'
import { createForms } from '../../../src/forms.ts'
import { checkCitations } from '../../../src/knowledge/citations.ts'
import { createDocuments, type Documents } from '../../../src/knowledge/documents.ts'
import { createFeed } from '../../../src/knowledge/feed.ts'
import type { Chunk, Finding } from '../../../src/knowledge/model.ts'
import { createProposals } from '../../../src/knowledge/proposals.ts'
import { linkTo } from '../../../src/platforms.ts'
import { createProposing } from '../../../src/proposing.ts'
import { keepHosts, keepHostsGrowing } from '../../../src/text/links.ts'
import { maskPersonal } from '../../../src/text/personal.ts'
import { createAnswer } from '../../../workers/answer.ts'
import { createSetRight } from '../../../workers/knowledge/set-right.ts'
import { createTestModel } from '../model.ts'
import { createRig, hurry, MINJI, type Rig, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()
const MINSU: Author = { id: 'UMINSU', name: '민수', kind: 'member', locale: 'ko-KR', isAdmin: true }
const DAVE: Author = { ...MINSU, id: 'UDAVE', name: 'Dave', locale: 'en-US' }
const STAFF = { platform: 'slack', workspace: WORKSPACE, channel: 'CSTAFF', thread: null } as const
const COLLECTION = '답변 모음'

let documents: Documents

beforeAll(async () => {
  await storeOf().settings.set(WORKSPACE, null, 'staffChannel', 'CSTAFF', 'U0')
  documents = createDocuments(storeOf().db)
})

/** Of this test's own, so that one's articles are not another's. */
let nth = 0
beforeEach(() => {
  nth++
})

interface Desk extends Rig {
  translations: string[]
  /** The customer asks, staff correct the answer; gives the answer's turn. */
  corrected(answer: string, question?: string, more?: object, facts?: object): Promise<string>
  press(verb: string, author?: Author, body?: object): Promise<void>
  translate(): Promise<void>
  card(): { text: string; notes: string[]; labels: string[] }
  articles(): Promise<Chunk[]>
  proposal(): Promise<Record<string, unknown>>
}

/** `found`: in the pages, while the model cannot write; by default there are no pages. */
function deskOf(translate: (text: string) => string = () => 'It takes four days.', found?: Finding): Desk {
  const store = storeOf()
  const translations: string[] = []
  const model = createTestModel((request) => {
    if (!request.system[0]!.startsWith('You translate')) {
      if (found) throw failure('model-unreachable', true)
      return { text: '이틀 걸려요.' }
    }
    translations.push(request.user.text)
    return { text: translate(request.user.text) }
  })
  const woken: string[] = []
  const proposing = createProposing({
    ...{ store, answers: store.answers, model, platforms: { linkTo }, knowledge: { documents } },
    collection: `${COLLECTION} ${nth}`,
    queue: { wake: async (_queue, { lane }) => void woken.push(lane) },
  })
  const rig = createRig(store, {
    answer: createAnswer({
      ...{ model, botName: () => '도우미', retentionDays: 90 },
      ...(found
        ? {
            knowledge: {
              ...{ checkCitations, keepHosts, keepHostsGrowing, patienceMs: 0 },
              ground: async () => ({ type: 'passages' as const, passages: [found], facts: {} }),
            },
          }
        : {}),
    }),
    'answer-decision': createSetRight({ answers: store.answers, ...proposing }),
    ...proposing.handlers,
  })
  /** Everything that needs no model. */
  const settle = async (): Promise<void> => {
    for (let lane = woken.shift(); lane !== undefined; lane = woken.shift())
      if (lane.startsWith('proposal:')) for (let n = 0; n < 4; n++) await rig.run(lane, 'relay')
  }
  let answer = ''
  const decideAnswer = async (body: object, author = MINSU): Promise<void> => {
    const lane = `answer:${answer}:${Math.random()}`
    const what = { kind: 'answer-decision', queue: 'relay', handle: '{}', author } as const
    await rig.say(lane, '', { ...what, body: { id: answer, ...body } })
    await rig.run(lane, 'relay')
    await settle()
  }
  const proposal = async (): Promise<Record<string, unknown>> =>
    (
      await store.db.query<Record<string, unknown>>(
        'select * from kb_proposals where turn = $1::bigint order by id desc',
        [answer],
      )
    )[0]!
  return {
    ...rig,
    translations,
    proposal,
    async corrected(text, question = '배송은 며칠 걸려요?', more = {}, facts = {}) {
      if (answer === '') {
        await rig.say(rig.lane, question, more)
        await rig.run(rig.lane)
        answer = String((await rig.turnOf(rig.lane))['id'])
        await store.db.query('update turns set facts = facts || $2::jsonb where id = $1::bigint', [
          answer,
          JSON.stringify(facts),
        ])
      }
      await decideAnswer({ verb: 'edit', text })
      return answer
    },
    async press(verb, author = MINSU, body = {}) {
      if (verb === 'withdraw') return decideAnswer({ verb })
      const lane = `proposal:${(await proposal())['id']}`
      const what = { kind: 'proposal-decision', queue: 'relay', place: STAFF, handle: '{}', author } as const
      await rig.say(lane, '', {
        ...what,
        body: { isByStaff: true, verb, id: (await proposal())['id'], ...body },
      })
      woken.push(lane)
      await settle()
    },
    async translate() {
      await rig.run(`proposal-translation:${(await proposal())['id']}`, 'batch')
      await settle()
    },
    card() {
      const [{ content } = { content: { text: '', lang: 'ko' as const } }] = rig.screen
        .shown()
        .filter(({ slot }) => slot === 'proposal.0')
      return {
        text: content.text,
        notes: ('notes' in content && content.notes) || [],
        labels: (('buttons' in content && content.buttons) || []).map(({ label }) => label),
      }
    },
    async articles() {
      const { chunks } = await createFeed(store.db).changesSince('0', 1_000)
      const mine = (await documents.collections(WORKSPACE)).filter(({ name }) =>
        name.startsWith(`${COLLECTION} ${nth}`),
      )
      return chunks.filter(({ collection }) => mine.some(({ id }) => id === collection))
    },
  }
}

const failure = (code: string, retryable: boolean): BotError =>
  new BotError(code, { retryable, say: { ko: '', en: '' }, hint: 'h' })

const told = ({ screen }: Rig) =>
  screen.shown().flatMap(({ slot, content }) => (slot === 'say' ? content.text : []))
const cards = ({ screen }: Rig) => screen.shown().filter(({ slot }) => slot === 'proposal.0')

describe('a correction', () => {
  test('is shown to staff as a proposed article, and is no article yet', async () => {
    const desk = deskOf()
    const id = await desk.corrected('나흘 걸려요.')
    expect(desk.card().text).toMatch(/새 글 제안[\s\S]*민수[\s\S]*> 배송은 며칠 걸려요\?[\s\S]*나흘 걸려요\./)
    expect(desk.card().labels).toEqual(['승인 · Approve', '고치기 · Edit', '거절 · Reject'])
    expect(await desk.articles()).toEqual([])
    expect((await desk.turnOf(desk.lane))['facts']).toMatchObject({
      proposal: String((await desk.proposal())['id']),
    })
    expect(id).toBe(String((await desk.proposal())['turn']))
    const told_ = told(desk)
    expect(told_[0]).toContain('상담 채널에 글로 제안했어요')
  })

  test('keeps no personal data of the customer, nor of what staff wrote', async () => {
    const desk = deskOf()
    await desk.corrected(
      '나흘 걸려요. 010-9999-8888로 연락드릴게요.',
      '제 번호는 010-1234-5678, 주문번호 20261128-0001이에요. 언제 와요?',
    )
    const row = await desk.proposal()
    expect(JSON.stringify(row)).not.toMatch(/1234-5678|9999|0001/)
    expect(row).toMatchObject({
      question_ko: '제 번호는 [전화번호], 주문번호 [주문번호]이에요. 언제 와요?',
      answer_ko: '나흘 걸려요. [전화번호]로 연락드릴게요.',
    })
  })

  test('made again before anybody decided takes the first one’s place on the same card', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.corrected('닷새 걸려요.')
    expect(cards(desk)).toHaveLength(1)
    expect(desk.card().text).toContain('닷새')
    expect(desk.card().text).not.toContain('나흘')
  })

  test('where no staff channel is set proposes nothing', async () => {
    const desk = deskOf()
    await storeOf().settings.set(WORKSPACE, null, 'staffChannel', null, 'U0')
    try {
      await desk.corrected('나흘 걸려요.')
      expect(told(desk)).toEqual(['답변을 고쳤어요.'])
      expect(cards(desk)).toEqual([])
    } finally {
      await storeOf().settings.set(WORKSPACE, null, 'staffChannel', 'CSTAFF', 'U0')
    }
  })
})

describe('the translation', () => {
  test('is added to the card when the model has made it', async () => {
    const desk = deskOf((text) => (text.includes('?') ? 'How long does it take?' : 'It takes four days.'))
    await desk.corrected('나흘 걸려요.')
    expect(desk.card().notes.join()).toContain('번역하고 있어요')
    await desk.translate()
    expect(desk.card().text).toContain('It takes four days.')
    expect(desk.card().notes.join()).not.toContain('번역')
    expect(cards(desk)).toHaveLength(1)
  })

  test('that changes a number is made once more, and then left out with a note', async () => {
    const desk = deskOf((text) => (text.includes('?') ? 'How long does it take?' : 'It takes five days.'))
    await desk.corrected('나흘 걸려요.')
    await desk.translate()
    expect(desk.translations.filter((text) => text === '나흘 걸려요.')).toHaveLength(2)
    expect(desk.card().text).not.toContain('five')
    expect(desk.card().notes.join()).toContain('번역을 쓰지 않았어요')
  })

  test('that comes after the approval is added to the article', async () => {
    const desk = deskOf((text) => (text.includes('?') ? 'How long does it take?' : 'It takes four days.'))
    await desk.corrected('나흘 걸려요.')
    await desk.press('approve')
    expect((await desk.articles()).map(({ text }) => text)).toEqual(['나흘 걸려요.'])
    await desk.translate()
    expect(await desk.articles()).toMatchObject([
      { text: '나흘 걸려요.', translation: 'How long does it take?\n\nIt takes four days.' },
    ])
    expect(desk.card().notes.join()).toContain('승인했어요')
  })

  test('waits for a model that is away, while the card already stands in one language and can be approved', async () => {
    let isAway = true
    const desk = deskOf((text) => {
      if (isAway) throw failure('model-unreachable', true)
      return text.includes('?') ? 'How long does it take?' : 'It takes four days.'
    })
    await desk.corrected('나흘 걸려요.')
    await desk.translate()
    expect(desk.card().labels).toHaveLength(3)
    await desk.press('approve')
    expect(await desk.articles()).toMatchObject([{ text: '나흘 걸려요.', translation: null }])
    isAway = false
    await hurry(desk.store)
    await desk.translate()
    expect(await desk.articles()).toMatchObject([{ translation: expect.stringContaining('four days') }])
  })

  test('that the model will never make is given up, and staff read why nothing comes', async () => {
    const desk = deskOf(() => {
      throw failure('model-too-long', false)
    })
    await desk.corrected('나흘 걸려요.')
    await desk.translate()
    expect(desk.card().notes.join()).not.toContain('번역하고 있어요')
    expect(desk.card().notes.join()).toContain('번역을 쓰지 않았어요')
  })

  test('of an older text is not made', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('edit', MINSU, {
      title: '배송',
      questionKo: '며칠 걸려요?',
      answerKo: '닷새 걸려요.',
      questionEn: 'How long?',
      answerEn: 'Five days.',
    })
    await desk.translate()
    expect(desk.translations).toEqual([])
    expect(desk.card().text).toContain('Five days.')
  })
})

describe('Approve', () => {
  test('makes an article for the workspace, with the question above it, and the card says who approved', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('approve')
    const [article] = await desk.articles()
    expect(article).toMatchObject({
      text: '나흘 걸려요.',
      headings: ['배송은 며칠 걸려요?'],
      workspace: WORKSPACE,
      audience: '',
    })
    expect(desk.card()).toMatchObject({ labels: [] })
    expect(desk.card().notes[0]).toBe('승인했어요 · Approved — 민수')
  })

  test('pressed by two people makes one article, and the second is told who was first', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('approve')
    await desk.press('approve', DAVE)
    await desk.press('reject', DAVE)
    expect(await desk.articles()).toHaveLength(1)
    expect(told(desk).slice(-2)).toEqual(['민수 has approved it already.', '민수 has approved it already.'])
    expect(desk.card().notes[0]).toContain('Approved — 민수')
  })

  test('cut off after the decision is carried out when the press comes again', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    const { id } = await desk.proposal()
    // The decision is committed; the process ends before the article is written.
    const decision = { state: 'approved', by: 'UMINSU', byName: '민수', press: '1' } as const
    expect(await createProposals(storeOf().db).decide(WORKSPACE, String(id), decision)).toBe(true)
    expect(await desk.articles()).toEqual([])
    await desk.press('approve', DAVE)
    expect(await desk.articles()).toHaveLength(1)
    expect(desk.card().labels).toEqual([])
  })

  test('of a later correction takes the place of the article that was there', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('approve')
    await desk.corrected('닷새 걸려요.')
    expect((await desk.articles()).map(({ text }) => text)).toEqual(['나흘 걸려요.'])
    await desk.press('approve')
    expect((await desk.articles()).map(({ text }) => text)).toEqual(['닷새 걸려요.'])
  })

  test('of what was said privately makes a private article, though the collection is public', async () => {
    await documents.openCollection({ workspace: WORKSPACE, audience: '' }, `${COLLECTION} ${nth}`, {
      visibility: 'public',
    })
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.', '배송은 며칠 걸려요?', { body: { room: 'dm' } })
    expect(desk.card().notes.join()).toContain('비공개로만 써요')
    await desk.press('approve')
    const [article] = await desk.articles()
    const home = (await documents.collections(WORKSPACE)).find(({ id }) => id === article!.collection)
    expect(home).toMatchObject({ name: `${COLLECTION} ${nth} (비공개 · private)`, visibility: 'private' })
  })

  test('of what was found in a channel’s own pages makes an article for that channel alone', async () => {
    const own = { workspace: WORKSPACE, audience: `${WORKSPACE}:C1` }
    const { id } = await documents.openCollection(own, `도매 ${nth}`, { visibility: 'public' })
    const desk = deskOf()
    const sources = [{ chunk: '1', document: '1', collection: id, title: '단가' }]
    await desk.corrected('1kg에 21,000원이에요.', '단가가 얼마예요?', {}, { sources })
    expect(desk.card().notes.join()).toContain('이 채널에서만 써요')
    await desk.press('approve')
    const [article] = await desk.articles()
    const home = (await documents.collections(WORKSPACE)).find((one) => one.id === article!.collection)
    expect(home).toMatchObject({ ...own, name: `${COLLECTION} ${nth}`, visibility: 'public' })
  })

  test('of what a channel’s own page said as it is, while the model was away, stays there too', async () => {
    const own = { workspace: WORKSPACE, audience: `${WORKSPACE}:C1` }
    const { id } = await documents.openCollection(own, `도매 ${nth}`, { visibility: 'public' })
    const text = '1kg에 21,000원이에요.'
    const chunk = { id: '1', document: '1', collection: id, title: '단가', headings: [], text, url: null }
    const desk = deskOf(undefined, { chunk, score: 1, similarity: null } as unknown as Finding)
    await desk.corrected('1kg에 22,000원이에요.', '단가가 얼마예요?')
    expect((await desk.turnOf(desk.lane))['facts']).toMatchObject({
      asTheyAre: true,
      sources: [{ chunk: '1', document: '1', collection: id, title: '단가' }],
    })
    expect(desk.card().notes.join()).toContain('이 채널에서만 써요')
  })

  test('outside the staff channel does nothing', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('approve', MINJI, { isByStaff: false })
    expect(await desk.articles()).toEqual([])
    expect(desk.card().labels).toHaveLength(3)
  })
})

test('Reject ends it, and nothing is ever answered from it', async () => {
  const desk = deskOf()
  await desk.corrected('나흘 걸려요.')
  await desk.press('reject')
  expect(await desk.articles()).toEqual([])
  await desk.press('approve', DAVE)
  expect(await desk.articles()).toEqual([])
  expect(desk.card().notes[0]).toBe('거절했어요 · Rejected — 민수')
  expect(told(desk).at(-1)).toBe('민수 has rejected it already.')
})

test('an answer that is taken back takes its article along', async () => {
  const desk = deskOf()
  await desk.corrected('나흘 걸려요.')
  await desk.press('approve')
  expect(await desk.articles()).toHaveLength(1)
  await desk.press('withdraw')
  expect(await desk.articles()).toEqual([])
  expect(desk.card().notes[0]).toContain('거절했어요')
})

describe('Edit', () => {
  const form = (id: string) =>
    createForms({
      answers: storeOf().answers,
      replies: { find: async () => null },
      proposals: createProposals(storeOf().db),
      settingsOf: storeOf().settings.of,
      mask: maskPersonal,
    })({ what: 'proposal', id }, { workspace: WORKSPACE, audience: '', place: STAFF, author: MINSU }, 'ko')

  test('opens a form with all that the article says, and keeps what staff made of it', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    const id = String((await desk.proposal())['id'])
    const opened = await form(id)
    expect(opened).toMatchObject({ submit: `proposal:${id}` })
    expect('fields' in opened && opened.fields.map(({ value }) => value)).toEqual([
      ...['배송은 며칠 걸려요?', '배송은 며칠 걸려요?', '나흘 걸려요.', '', ''],
    ])
    await desk.press('edit', MINSU, {
      title: '배송 기간',
      questionKo: '며칠 걸려요?',
      answerKo: '나흘이에요.',
      questionEn: '',
      answerEn: '',
    })
    await desk.press('approve')
    expect(await desk.articles()).toMatchObject([
      { title: '배송 기간', headings: ['며칠 걸려요?'], text: '나흘이에요.' },
    ])
  })

  test('of a question that nothing answered makes a proposal of what staff write', async () => {
    const desk = deskOf()
    const asked = await desk.corrected('모르겠어요.', '매장에 주차돼요? 010-2345-6789로 알려 주세요.')
    await desk.press('reject')
    const opened = await form(`turn:${asked}`)
    expect(opened).toMatchObject({ submit: `proposal:turn:${asked}`, title: '문서 쓰기' })
    expect('fields' in opened && opened.fields.map(({ value }) => value)).toEqual([
      '매장에 주차돼요? [전화번호]로 알려 주세요.',
      undefined,
    ])
    const write = { id: `turn:${asked}`, verb: 'edit', question: '매장에 주차돼요?' }
    await desk.press('edit', MINSU, { ...write, text: ' ' })
    expect(told(desk).at(-1)).toContain('채워 주세요')
    await desk.press('edit', MINSU, { ...write, text: '두 시간 무료예요.' })
    expect(told(desk).at(-1)).toContain('글을 제안했어요')
    expect(await desk.proposal()).toMatchObject({ state: 'proposed', answer_ko: '두 시간 무료예요.' })
    expect(await desk.articles()).toEqual([])
    await desk.press('approve')
    expect(await desk.articles()).toMatchObject([{ text: '두 시간 무료예요.' }])
  })

  test('without a title or any answer is refused, and after a decision it is too late', async () => {
    const desk = deskOf()
    await desk.corrected('나흘 걸려요.')
    await desk.press('edit', MINSU, { title: ' ', answerKo: '나흘이에요.' })
    expect(told(desk).at(-1)).toContain('제목과')
    await desk.press('reject')
    expect(await form(String((await desk.proposal())['id']))).toEqual({
      refusal: '민수 님이 이미 거절했어요.',
    })
    await desk.press('edit', MINSU, { title: '배송', answerKo: '나흘이에요.' })
    expect(told(desk).at(-1)).toBe('민수 님이 이미 거절했어요.')
  })
})
