// Questions in words that no page has, with an embeddings server and a reranker beside the model: the true page is
// cited, nobody reads what is not for them, and without these servers people are answered all the same.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countVectors } from '../../src/knowledge/vector-rows.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'
import { until, withServer } from '../servers.ts'
import { isPreparing, openPagesWorld, type PagesWorld, writePage } from './pages.ts'
import type { Question, Seen } from './stage.ts'

const EMBEDDER = 'BAAI/bge-m3'
const RERANKER = 'BAAI/bge-reranker-v2-m3'
const SYNONYMS = [
  ['구내식당', '밥 먹는 데'],
  ['사내 대출', '돈 빌리는 제도'],
]

withServer('postgres')('answers by meaning', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let stack: AsyncDisposableStack
    let embedder: FakeVllm
    let reranker: FakeVllm
    let pages: PagesWorld
    beforeAll(async () => {
      stack = new AsyncDisposableStack()
      embedder = stack.use(await startFakeVllm({ model: EMBEDDER, synonyms: SYNONYMS }))
      reranker = stack.use(await startFakeVllm({ model: RERANKER, synonyms: SYNONYMS }))
      pages = stack.use(
        await openPagesWorld(platform, {
          EMBEDDINGS_BASE_URL: embedder.baseUrl,
          EMBEDDINGS_MODEL: EMBEDDER,
          RERANKER_BASE_URL: reranker.baseUrl,
          RERANKER_MODEL: RERANKER,
        }),
      )
      const { documents, db } = pages
      await writePage(documents, {
        title: '사옥',
        text: '구내식당은 지하 일 층에 있어요.',
        url: 'https://help.example.com/canteen',
      })
      await writePage(documents, {
        title: '직원 복지',
        text: '사내 대출은 삼천만 원까지예요.',
        visibility: 'private',
        collection: 'staff',
      })
      await writePage(documents, { title: '주차', text: '주차는 두 시간까지 무료예요.' })
      await writePage(documents, { title: '주차 요금', text: '두 시간 뒤부터 주차는 시간마다 천 원이에요.' })
      await until(async () => (await countVectors(db, `1 ${EMBEDDER}`)).made === 4, 20_000)
    }, 120_000)
    afterAll(() => stack.disposeAsync())
    beforeEach(() => {
      pages.world.vllm.clear()
      // It gives away every passage that it is given, and cannot restate a question.
      pages.world.vllm.reply((request) => {
        if (isPreparing(request)) return 'intent: question\nmood: calm\nko: 없음\nen: none'
        const given = [...request.lastUser.matchAll(/<passage n="(\d+)"[^>]*>\n([\s\S]*?)\n<\/passage>/g)]
        return given.map(([, n, text]) => `${text} [${n}]`).join('\n\n') || '모르겠어요.'
      })
    })

    const answerOf = async (question: Question): Promise<Seen> => {
      await pages.stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 20_000)
      return question.answers().find(({ isDone }) => isDone)!
    }

    it('a question that shares no word with its page is answered from it, with its source', async () => {
      const { text, links } = await answerOf(pages.stage.ask('minji', '밥 먹는 데가 어디예요?'))
      expect(text).toContain('지하 일 층')
      expect(links).toEqual(['https://help.example.com/canteen'])
      const preparing = pages.world.vllm.requests.filter(isPreparing)
      expect(preparing.map(({ lastUser }) => lastUser).join()).not.toContain('밥 먹는 데')
      expect(reranker.pooling.requests.at(-1)).toMatchObject({
        route: 'rerank',
        query: '밥 먹는 데가 어디예요?',
        status: 200,
      })
    })

    it('a private page is found by meaning in private only', async () => {
      const ask = '돈 빌리는 제도가 있나요?'
      expect((await answerOf(pages.stage.ask('jun', ask))).text).not.toContain('삼천만')
      for (const { lastUser } of pages.world.vllm.requests) expect(lastUser).not.toContain('삼천만')
      for (const { texts } of reranker.pooling.requests) expect(texts.join()).not.toContain('삼천만')
      expect((await answerOf(pages.stage.dm('jun', ask))).text).toContain('삼천만')
    })

    it('without both servers a question is answered by its words, and one that has none is not', async () => {
      await embedder.down()
      await reranker.down()
      try {
        expect((await answerOf(pages.stage.ask('sora', '주차는 몇 시간까지 무료예요?'))).text).toContain(
          '두 시간까지',
        )
        expect((await answerOf(pages.stage.ask('sora', '밥 먹는 데가 어디예요?'))).text).not.toContain('지하')
        const { port } = pages.world.app
        const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
        expect(metrics).toMatch(/damso_search_without_total\{server="embeddings",reason="failed"\} [1-9]/)
        expect(metrics).toMatch(/damso_search_without_total\{server="reranker",reason="failed"\} [1-9]/)
      } finally {
        await embedder.up()
        await reranker.up()
      }
    })
  })
})
