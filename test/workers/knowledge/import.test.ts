// "Add to knowledge": what becomes of a message and its files, and what the admin is told.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Attachment } from '../../../src/core/inbound.ts'
import { allMigrations } from '../../../src/features.ts'
import { createKnowledge, type Knowledge } from '../../../src/knowledge/index.ts'
import { toProblem } from '../../../src/knowledge/problems.ts'
import { SILENT } from '../../../src/log.ts'
import { linkTo } from '../../../src/platforms.ts'
import { createImport } from '../../../workers/knowledge/import.ts'
import { encryptedOffice } from '../../knowledge/files.ts'
import { createRig, createScreen, hurry, MINJI, type Screen, useStore, WORKSPACE } from '../rig.ts'

const HERE = { workspace: WORKSPACE, audience: '' }
const BOSS = { ...MINJI, id: 'UBOSS', name: '대표', isAdmin: true }

const store = useStore()
let knowledge: Knowledge
let files: Map<string, Buffer | Error>
let screen: Screen
/** What stood on the screen while a file was fetched. */
let seen: string[]

beforeAll(async () => {
  await store().db.migrate({ ...allMigrations })
  knowledge = createKnowledge({ db: store().db, log: SILENT, maxFileBytes: 1_000_000 })
})
afterAll(() => knowledge[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const one of await knowledge.documents.collections()) await knowledge.documents.removeCollection(one)
  files = new Map()
  seen = []
  screen = createScreen({
    async fetch(_place, { id }) {
      seen.push(screen.texts().join())
      const file = files.get(id)
      if (file instanceof Error) throw file
      return file ?? new Uint8Array()
    },
  })
})

const handler = () =>
  createImport({
    import: knowledge.import,
    collections: knowledge.documents.collections,
    ...{ toProblem, linkTo, maxFileBytes: 1_000_000 },
  })

let lanes = 0

function attach(name: string, content: Buffer | Error | string): Attachment {
  const id = `F${files.size + 1}`
  const file = typeof content === 'string' ? Buffer.from(content) : content
  files.set(id, file)
  const bytes = file instanceof Error ? 10 : file.length
  return { id, name, mime: 'application/octet-stream', bytes, url: 'https://files.slack.com/x' }
}

async function add(text: string, attachments: Attachment[], author = BOSS) {
  const rig = createRig(store(), { import: handler() }, screen)
  const lane = `cmd:add${++lanes}`
  const body = { attachments, lang: 'ko', target: 'C1:1760000000.000100' }
  await rig.say(lane, text, { kind: 'import', queue: 'batch', author, body, source: lane })
  await rig.run(lane, 'batch')
  return { rig, lane }
}

async function titles(name = 'chat'): Promise<string[]> {
  const collection = await knowledge.documents.collection(HERE, name)
  const all = collection ? await knowledge.documents.list(collection) : []
  return all.map(({ source, title }) => `${source} | ${title}`)
}

test('the text and each file become documents; one that cannot be read is named and the others go in', async () => {
  await add('반품은 *30일* 안에 돼요.\n새 상품만요.', [
    attach('배송.md', '# 배송 안내\n\n이틀 걸려요.'),
    attach('비밀.docx', encryptedOffice()),
    attach('배송.md', '# 제주 배송\n\n나흘 걸려요.'),
  ])
  expect(await titles()).toEqual([
    'message/C1:1760000000.000100 | 반품은 30일 안에 돼요.',
    '배송 (2).md | 제주 배송',
    '배송.md | 배송 안내',
  ])
  const [report] = screen.texts()
  expect(screen.texts()).toHaveLength(1)
  expect(report).toMatch(/^지식 ‘chat’에 추가했어요\(새로 넣은 것 3개\)\. 이제/)
  expect(report).toContain('읽지 못한 파일이 1개 있어요.\n- 비밀.docx: 암호가 걸려 있어 읽을 수 없어요.')
  expect(seen.at(-1)).toMatch(/^4개(?: 중 \d개를 읽었어요|를 읽고 있어요)…$/)
})

test('added again, only what changed is written, and that is said', async () => {
  await add('', [attach('a.md', '하나'), attach('b.md', '둘')])
  await add('', [attach('a.md', '하나'), attach('b.md', '둘, 고침')])
  expect(screen.texts().at(-1)).toContain('(바뀐 것 1개, 전과 같은 것 1개)')
  expect(await titles()).toHaveLength(2)
})

test('an import that was cut off goes on where it was', async () => {
  const away = new BotError('attachment-unreachable', {
    ...{ retryable: true, say: { ko: '', en: '' }, hint: 'away' },
  })
  const second = attach('b.md', away)
  const { rig, lane } = await add('', [attach('a.md', '하나'), second])
  expect(await titles()).toHaveLength(1)
  files.set(second.id, Buffer.from('둘'))
  await hurry(store())
  await rig.run(lane, 'batch')
  expect(screen.texts()).toEqual([expect.stringContaining('(새로 넣은 것 1개, 전과 같은 것 1개)')])
})

test('what the platform does not give is named, like what is too large', async () => {
  const refused = new BotError('attachment-refused', {
    ...{ retryable: false, say: { ko: '', en: '' }, hint: 'no' },
  })
  await add('', [attach('a.md', refused), { ...attach('b.pdf', 'x'), bytes: 2_000_000 }])
  expect(screen.texts()[0]).toMatch(/^지식에 추가하지 못했어요\./)
  expect(screen.texts()[0]).toContain('- a.md: 열 수 없어요')
  expect(screen.texts()[0]).toContain('- b.pdf: 파일이 너무 커요(최대 1 MB)')
})

test('nobody but an admin adds anything, and an admin with nothing is told how', async () => {
  await add('반품은 30일', [], MINJI)
  expect(screen.texts()).toEqual(['지식에 추가하는 일은 관리자만 할 수 있어요.'])
  expect(await knowledge.documents.collections()).toEqual([])
  await add('', [])
  expect(screen.texts().at(-1)).toContain('추가할 글이나 파일이 없어요')
  // As Slack shows it.
  expect(screen.texts().at(-1)).toContain('‘Add to knowledge · 지식 추가’')
})

test('goes where the channel answers from, and stays private where that name stands for private pages', async () => {
  await knowledge.documents.openCollection({ workspace: '*', audience: '' }, '내부', {
    visibility: 'private',
  })
  await store().settings.set(WORKSPACE, 'C1', 'collections', '내부, FAQ', 'UBOSS')
  try {
    await add('직원 할인은 25%', [])
    expect(await knowledge.documents.collection(HERE, '내부')).toMatchObject({ visibility: 'private' })
    expect(screen.texts()[0]).toMatch(/‘내부’.*비공개라서/)
  } finally {
    await store().settings.set(WORKSPACE, 'C1', 'collections', null, 'UBOSS')
  }
})

test('goes into this channel’s own collection where there is one of that name', async () => {
  const audience = `${WORKSPACE}:C1`
  const own = { workspace: WORKSPACE, audience }
  await knowledge.documents.openCollection(own, '도매', { visibility: 'public' })
  await store().settings.set(WORKSPACE, 'C1', 'collections', '도매', 'UBOSS')
  try {
    await add('도매 단가는 21,000원', [])
    const [home, ...more] = (await knowledge.documents.collections()).filter(({ name }) => name === '도매')
    expect(more).toEqual([])
    expect(home).toMatchObject(own)
    expect(screen.texts()[0]).toMatch(/‘도매’.*이 채널의 답변에 쓰여요/)
  } finally {
    await store().settings.set(WORKSPACE, 'C1', 'collections', null, 'UBOSS')
  }
})

test('a file’s name cannot break out of the report', async () => {
  await add('', [attach('../<!channel>\n@everyone.exe', 'x')])
  expect(screen.texts()[0]).not.toMatch(/<!channel>|@everyone|\.\.\/|\n@/)
})
