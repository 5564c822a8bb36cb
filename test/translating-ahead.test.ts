// Passages are translated while nobody asks, so that the first answer across languages is held against the translation.
import { beforeEach, expect, test } from 'vitest'
import { BotError } from '../src/core/error.ts'
import { createDocuments } from '../src/knowledge/documents.ts'
import type { Collection } from '../src/knowledge/model.ts'
import type { Model, ModelRequest } from '../src/llm/model.ts'
import { SILENT } from '../src/log.ts'
import { realClock } from '../src/real-clock.ts'
import { openTranslatingAhead } from '../src/translating-ahead.ts'
import { createTestModel } from './workers/model.ts'
import { createRig, useStore } from './workers/rig.ts'

const storeOf = useStore()
let help: Collection
beforeEach(async () => {
  const { db } = storeOf()
  for (const table of ['kb_chunks', 'kb_documents', 'kb_collections']) await db.query(`delete from ${table}`)
  help = await createDocuments(db).openCollection({ workspace: '*', audience: '' }, 'help', {})
})

function open(model: Model, isQuiet: (ms: number) => Promise<boolean> = async () => true, owner = 'w1') {
  const { db, leases } = storeOf()
  const documents = createDocuments(db)
  const ahead = openTranslatingAhead({
    ...{ passages: documents, model, isQuiet, leases, owner, clock: realClock, log: SILENT },
  })
  const write = async (...texts: string[]): Promise<void> => {
    const document = { title: 'Help', url: null, lang: null, bytes: 1, expiresAt: null }
    const passages = texts.map((text) => ({ headings: [], text }))
    await documents.save(help, { ...document, source: texts[0]!, sourceHash: '1' }, passages)
  }
  const translations = async () =>
    (await db.query<{ translation: string | null }>('select translation from kb_chunks order by id')).map(
      ({ translation }) => translation,
    )
  return { ahead, write, translations }
}

const say = { ko: '', en: '' }
const translate = ({ user, lang }: ModelRequest) => ({ text: `${lang} ${user.text}` })

test('one after the other, each once, in the language that it is not in, behind everybody’s questions', async () => {
  const model = createTestModel(({ lang }) => ({
    text: lang === 'ko' ? '7일 안에 환불돼요.' : 'Delivery takes 2 days.',
  }))
  const { ahead, write, translations } = open(model)
  await using _ = ahead
  await write('Refunds take 7 days.', '배송은 2일 걸려요.')
  expect(await ahead.pass()).toBe(2)
  expect(await translations()).toEqual(['7일 안에 환불돼요.', 'Delivery takes 2 days.'])
  expect(model.asked.map(({ priority }) => priority)).toEqual([10, 10])
  expect(await ahead.pass()).toBe(0)
})

test('not while anybody asks, nor by two processes at once', async () => {
  const model = createTestModel(translate)
  let quiet = 2
  const { ahead, write } = open(model, async () => quiet-- > 0)
  await using _ = ahead
  await write('Gift wrap.', 'Store pickup.', 'Repairs.')
  // Somebody asks after the second.
  expect(await ahead.pass()).toBe(2)
  expect(await ahead.pass()).toBe(0)
  await using other = open(model, undefined, 'w2').ahead
  expect(await other.pass()).toBe(0)
  quiet = 9
  expect(await ahead.pass()).toBe(1)
})

test('a text that the model cannot translate keeps none of the others from it, and is not tried again', async () => {
  const model = createTestModel((request) =>
    /7/.test(request.user.text) ? { text: '99일' } : translate(request),
  )
  const { ahead, write, translations } = open(model)
  await using _ = ahead
  await write('Refunds take 7 days.', 'Gift wrap.')
  expect(await ahead.pass()).toBe(2)
  expect(await translations()).toEqual([null, 'ko Gift wrap.'])
  expect(await ahead.pass()).toBe(0)
})

test('while the model is away nothing is given up, and an error that stays is', async () => {
  let code = 'model-unreachable'
  const model = createTestModel(() => {
    throw new BotError(code, { retryable: true, say, hint: '' })
  })
  const { ahead, write } = open(model)
  await using _ = ahead
  await write('Gift wrap.')
  for (let n = 0; n < 5; n++) expect(await ahead.pass()).toBe(1)
  code = 'model-error'
  for (let n = 0; n < 3; n++) expect(await ahead.pass()).toBe(1)
  expect(await ahead.pass()).toBe(0)
})

test('not by what is no language model, and not before it is known what there is', async () => {
  for (const id of ['rehearsal', '']) {
    const model = createTestModel(translate, id)
    const { ahead, write } = open(model)
    await using _ = ahead
    await write(`Gift wrap ${id}.`)
    expect(await ahead.pass()).toBe(0)
    expect(model.asked).toEqual([])
  }
})

test('it is quiet when nothing waits and nobody has written for a while', async () => {
  const { sweep, db } = storeOf()
  const { say: ask, lane, run } = createRig(storeOf(), { answer: async () => ({ type: 'done' }) })
  expect(await sweep.isQuiet(60_000)).toBe(true)
  await ask(lane, '환불은요?')
  await db.query(`update inbox set created_at = now() - interval '5 minutes'`)
  expect(await sweep.isQuiet(60_000)).toBe(false)
  await run(lane)
  expect(await sweep.isQuiet(60_000)).toBe(true)
  expect(await sweep.isQuiet(600_000)).toBe(false)
})
