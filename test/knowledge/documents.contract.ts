// What both databases must do for the knowledge base: keep it, change only what changed, and tell every reader.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDocuments, type Documents } from '../../src/knowledge/documents.ts'
import { createFeed, type Feed } from '../../src/knowledge/feed.ts'
import type { Chunk, Collection, Cursor, NewDocument, Passage } from '../../src/knowledge/model.ts'
import type { Database } from '../../src/store/db.ts'
import { until } from '../servers.ts'

const SHOP = { workspace: 'T1', audience: '' }

function documentOf(source: string, changes: Partial<NewDocument> = {}): NewDocument {
  const title = source.replace(/\.md$/, '')
  return {
    ...{ source, title, url: null, lang: 'ko', bytes: 10, sourceHash: 'one', expiresAt: null },
    ...changes,
  }
}

function passages(...texts: string[]): Passage[] {
  return texts.map((text) => ({ headings: ['안내'], text }))
}

/** What a worker's memory holds after following the feed. */
function createReader(feed: Feed) {
  const chunks = new Map<string, Chunk>()
  let cursor: Cursor = '0'
  return {
    chunks,
    texts: () => [...chunks.values()].map(({ text }) => text).sort(),
    async follow(limit?: number) {
      let resets = 0
      for (;;) {
        const changes = await feed.changesSince(cursor, limit)
        if (changes.isReset) {
          chunks.clear()
          resets += 1
        }
        for (const chunk of changes.chunks) chunks.set(chunk.id, chunk)
        for (const id of changes.removed) chunks.delete(id)
        cursor = changes.cursor
        if (!changes.hasMore) return resets
      }
    },
  }
}

export function documentsContract(name: string, open: () => Promise<Database>): void {
  describe(`the knowledge base on ${name}`, () => {
    let db: Database
    let documents: Documents
    let feed: Feed
    let manual: Collection

    beforeAll(async () => {
      db = await open()
      documents = createDocuments(db)
      feed = createFeed(db)
    })
    afterAll(() => db[Symbol.asyncDispose]())
    beforeEach(async () => {
      await db.query('delete from kb_chunks')
      await db.query('delete from kb_documents')
      await db.query('delete from kb_collections')
      await db.query('update kb_revision set purged_to = 0')
      manual = await documents.openCollection(SHOP, '매뉴얼', {})
    })

    test('a collection is found by its name in its workspace only', async () => {
      expect(await documents.collection(SHOP, '매뉴얼'.normalize('NFD'))).toEqual(manual)
      expect(await documents.collection({ workspace: 'T2', audience: '' }, '매뉴얼')).toBeNull()
      expect(await documents.collections('T2')).toEqual([])
      expect(await documents.collections('T1')).toEqual([manual])
    })

    test('a collection becomes private and stays so when it is imported into again', async () => {
      const before = await feed.revision()
      await documents.openCollection(SHOP, '매뉴얼', { visibility: 'private' })
      expect(await feed.revision()).toBeGreaterThan(before)
      expect(await documents.openCollection(SHOP, '매뉴얼', {})).toMatchObject({ visibility: 'private' })
    })

    test('a second import of the same text changes nothing', async () => {
      const first = await documents.save(manual, documentOf('a.md'), passages('하나', '둘', '둘'))
      expect(first).toEqual({ outcome: 'added', added: 3, removed: 0 })
      const reader = createReader(feed)
      await reader.follow()
      const before = [...reader.chunks.keys()]
      expect(await documents.save(manual, documentOf('a.md'), passages('하나', '둘', '둘'))).toEqual({
        outcome: 'unchanged',
        added: 0,
        removed: 0,
      })
      await reader.follow()
      expect([...reader.chunks.keys()]).toEqual(before)
    })

    test('a changed paragraph leaves the others and their translations alone', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나', '둘', '셋'))
      const [chunk] = (await feed.changesSince('0')).chunks.filter(({ text }) => text === '셋')
      expect(await documents.translate('T2', chunk?.id ?? '', 'three')).toBe(false)
      expect(await documents.translate('T1', chunk?.id ?? '', 'three')).toBe(true)
      expect(await documents.save(manual, documentOf('a.md'), passages('새로', '하나', '셋'))).toEqual({
        outcome: 'changed',
        added: 1,
        removed: 1,
      })
      const reader = createReader(feed)
      await reader.follow()
      expect(reader.texts()).toEqual(['새로', '셋', '하나'])
      expect([...reader.chunks.values()].find(({ text }) => text === '셋')?.translation).toBe('three')
      const rows = await db.query<{ text: string }>(
        'select text from kb_chunks where not is_gone order by position',
      )
      expect(rows.map(({ text }) => text)).toEqual(['새로', '하나', '셋'])
    })

    describe('a translation', () => {
      const texts = async (workspace = 'T1') =>
        (
          await db.query<{ text: string; translation: string | null }>(
            'select text, translation from kb_chunks where not is_gone and workspace = $1 order by id',
            [workspace],
          )
        ).map(({ text, translation }) => `${text}: ${translation}`)
      const idOf = async (text: string): Promise<string> =>
        (await feed.changesSince('0')).chunks.find((chunk) => chunk.text === text)!.id

      test('by a model serves every passage of the workspace that says the same, also a later one', async () => {
        await documents.save(manual, documentOf('a.md'), passages('하나', '둘'))
        await documents.save(manual, documentOf('b.md'), passages('하나'))
        const others = await documents.openCollection({ workspace: 'T2', audience: '' }, '매뉴얼', {})
        await documents.save(others, documentOf('c.md'), passages('하나'))
        const reader = createReader(feed)
        await reader.follow()
        await documents.translate('T1', await idOf('하나'), 'one', 'exaone')
        await documents.save(manual, documentOf('d.md'), passages('하나'))
        expect(await texts()).toEqual(['하나: one', '둘: null', '하나: one', '하나: one'])
        expect(await texts('T2')).toEqual(['하나: null'])
        await reader.follow()
        const known = [...reader.chunks.values()].filter(({ translation }) => translation === 'one')
        expect(known).toHaveLength(3)
      })

      test('stays when only the heading above a passage changes', async () => {
        await documents.save(manual, documentOf('a.md'), passages('하나'))
        await documents.translate('T1', await idOf('하나'), 'one', 'exaone')
        const moved = [{ headings: ['새 안내'], text: '하나' }]
        expect(await documents.save(manual, documentOf('a.md'), moved)).toMatchObject({
          added: 1,
          removed: 1,
        })
        expect(await texts()).toEqual(['하나: one'])
      })

      test('that people wrote is its own passage’s alone: it may say more', async () => {
        await documents.save(manual, documentOf('a.md'), passages('하나'))
        const written = await idOf('하나')
        await documents.save(manual, documentOf('b.md'), passages('하나'))
        await documents.translate('T1', written, 'one, and what only some may know')
        await documents.save(manual, documentOf('c.md'), passages('하나'))
        expect((await texts()).filter((text) => text.includes('may know'))).toHaveLength(1)
        // A model's does not take its place either.
        const { id } = (await documents.untranslated('exaone'))!
        await documents.translate('T1', id, 'one', 'exaone')
        expect((await texts()).toSorted()).toEqual([
          '하나: one',
          '하나: one',
          '하나: one, and what only some may know',
        ])
      })

      test('is asked for until there is one, or the model has given the text up; of nothing that has expired', async () => {
        const expiresAt = new Date('2020-01-01')
        await documents.save(manual, documentOf('old.md', { expiresAt }), passages('옛날'))
        await documents.save(manual, documentOf('a.md'), passages('하나', '둘', '둘'))
        const first = (await documents.untranslated('exaone'))!
        expect(first).toMatchObject({ workspace: 'T1', text: '하나', translation: null, translator: null })
        await documents.giveUp('T2', first.id, 'exaone')
        expect(await documents.untranslated('exaone')).toMatchObject({ text: '하나' })
        await documents.giveUp('T1', first.id, 'exaone')
        const second = (await documents.untranslated('exaone'))!
        expect(second.text).toBe('둘')
        await documents.translate('T1', second.id, 'two', 'exaone')
        expect(await documents.untranslated('exaone')).toBeNull()
        expect(await documents.passage('T1', first.id)).toMatchObject({ translator: 'exaone' })
        expect(await documents.untranslated('newer')).toMatchObject({ text: '하나' })
      })
    })

    test('what would change can be asked without changing it', async () => {
      expect(await documents.compare(null, documentOf('a.md'), passages('하나'))).toMatchObject({ added: 1 })
      await documents.save(manual, documentOf('a.md'), passages('하나'))
      expect(await documents.compare(manual, documentOf('a.md'), passages('둘'))).toEqual({
        outcome: 'changed',
        added: 1,
        removed: 1,
      })
      expect((await documents.list(manual))[0]).toMatchObject({ source: 'a.md', chunks: 1, state: 'ready' })
    })

    test('a new title or address reaches readers with every passage', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나', '둘'))
      const reader = createReader(feed)
      await reader.follow()
      const changed = documentOf('a.md', { title: '배송', url: 'https://shop.example/a' })
      expect(await documents.save(manual, changed, passages('하나', '둘'))).toMatchObject({
        outcome: 'changed',
      })
      await reader.follow()
      expect([...reader.chunks.values()].map(({ title, url }) => [title, url])).toEqual([
        ['배송', 'https://shop.example/a'],
        ['배송', 'https://shop.example/a'],
      ])
    })

    test('a removed document, then a removed collection, vanish from every memory', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나'))
      await documents.save(manual, documentOf('b.md'), passages('둘'))
      const reader = createReader(feed)
      await reader.follow()
      expect(await documents.remove(manual, 'a.md')).toBe(1)
      expect(await documents.remove(manual, 'a.md')).toBeNull()
      await reader.follow()
      expect(reader.texts()).toEqual(['둘'])
      await documents.removeCollection(manual)
      await reader.follow()
      expect(reader.texts()).toEqual([])
      expect(await documents.collections()).toEqual([])
    })

    test('a long document is read page by page, and nothing is missed while it changes', async () => {
      const many = Array.from({ length: 450 }, (_, n) => `문단 ${n}`)
      await documents.save(manual, documentOf('a.md'), passages(...many))
      const reader = createReader(feed)
      const following = reader.follow(7)
      await documents.save(manual, documentOf('a.md'), passages(...many.slice(0, 400), '끝'))
      await following
      await reader.follow(7)
      expect(reader.texts()).toEqual([...many.slice(0, 400), '끝'].sort())
    })

    test('a reader that was away longer than tombstones are kept starts over', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나'))
      await documents.save(manual, documentOf('b.md'), passages('둘'))
      const away = createReader(feed)
      await away.follow()
      await documents.remove(manual, 'a.md')
      await feed.purge(-1, 100)
      expect(await away.follow(1)).toBe(1)
      expect(away.texts()).toEqual(['둘'])
      expect(await away.follow(1)).toBe(0)
    })

    test('an import that was cut off is completed by the next', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나', '둘'))
      await db.query(`update kb_documents set state = 'importing'`)
      await db.query(`delete from kb_chunks where text = '둘'`)
      expect(await documents.hashes(manual)).toEqual(new Map([['a.md', null]]))
      await documents.save(manual, documentOf('a.md'), passages('하나', '둘'))
      expect(await documents.hashes(manual)).toEqual(new Map([['a.md', 'one']]))
      expect((await documents.list(manual))[0]?.chunks).toBe(2)
    })

    test('a new title that an import was cut off after is told by the next', async () => {
      await documents.save(manual, documentOf('a.md'), passages('하나'))
      const reader = createReader(feed)
      await reader.follow()
      const renamed = documentOf('a.md', {
        title: '새 제목',
        url: 'https://shop.example/a',
        sourceHash: 'two',
      })
      const query: Database['query'] = async (text, values) => {
        if (text.includes('update kb_chunks')) throw new Error('killed')
        return db.query(text, values)
      }
      const dying = createDocuments({ ...db, query }).save(manual, renamed, passages('하나'))
      await expect(dying).rejects.toThrow('killed')
      await documents.save(manual, renamed, passages('하나'))
      await reader.follow()
      expect([...reader.chunks.values()]).toMatchObject([{ title: '새 제목', url: 'https://shop.example/a' }])
    })

    test('two imports of one file at the same time write each passage once', async () => {
      const texts = Array.from({ length: 250 }, (_, n) => `문단 ${n}`)
      const save = () => documents.save(manual, documentOf('a.md'), passages(...texts))
      await Promise.all([save(), save(), save()])
      expect((await documents.list(manual))[0]?.chunks).toBe(250)
    })

    test('readers are told at once', async () => {
      let told = 0
      await using _listening = await feed.onChange(() => {
        told += 1
      })
      await documents.save(manual, documentOf('a.md'), passages('하나'))
      await until(() => told > 0)
    })

    test('no statement of a long import holds the database for 50 ms', async () => {
      const texts = Array.from(
        { length: 2_000 },
        (_, n) => `문단 ${n} ${'배송은 보통 이틀이 걸립니다. '.repeat(25)}`,
      )
      const times: number[] = []
      const timed = createDocuments({
        ...db,
        async query<Row>(text: string, values?: unknown[]) {
          const start = performance.now()
          const rows = await db.query<Row>(text, values)
          if (/^\s*(with|insert|update|delete)/.test(text)) times.push(performance.now() - start)
          return rows
        },
      })
      await timed.save(manual, documentOf('a.md'), passages(...texts))
      // The usual one: a machine that runs other tests as well interrupts any of them for longer.
      expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(50)
      expect(times.length).toBeGreaterThan(30)
    })
  })
}
