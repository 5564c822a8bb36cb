// npm run kb, on the embedded database and, while the bot runs, on PostgreSQL.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noSuch } from '../../src/cli/kb-search.ts'
import { createProgressBar } from '../../src/cli/progress.ts'
import { featureMigrations } from '../../src/features.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { lockDataDir } from '../../src/store/data-dir.ts'
import { openStore } from '../../src/store/store.ts'
import { withServer } from '../servers.ts'
import { furnishDataDir, furnishedDatabase } from '../templates.ts'
import { type Env, run, temporaryFolder } from './support.ts'

async function docs(folder: string): Promise<string> {
  const path = join(folder, 'docs')
  await mkdir(path)
  await writeFile(join(path, '배송.md'), '# 배송\n\n이틀 걸려요.\n\n## 제주\n\n나흘 걸려요.')
  await writeFile(join(path, 'returns.md'), '# Returns\n\nYou can return an item within seven days.')
  await writeFile(join(path, 'old.doc'), 'x')
  return path
}

const kb = (env: Env, ...args: string[]) => run(['kb', ...args], env)

describe('npm run kb on the embedded database', () => {
  // Each command opens the database anew, as each process would.
  test('imports, lists and removes, before the bot was ever started', { timeout: 120_000 }, async () => {
    await using folder = await temporaryFolder()
    const env = { DATA_DIR: join(folder.path, 'data') }
    const path = await docs(folder.path)
    const dry = await kb(env, 'import', path, '--collection', '안내', '--dry-run')
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('nothing was written') })
    expect((await kb(env, 'list')).out).toBe('There is nothing yet.')
    const first = await kb(
      { ...env, LANG: 'ko_KR.UTF-8' },
      'import',
      path,
      '--collection',
      '안내',
      '--private',
    )
    expect(first.code).toBe(0)
    expect(first.out).toMatch(/^안내: 추가 2, 변경 0, 그대로 0, 삭제 0, 실패 1 \(문단 \+3 −0\)\n\d+\.\d s$/)
    expect(first.err).toMatch(
      /^✗ .*docs\/old\.doc: 지원하지 않는 형식이에요\. Word에서 DOCX로 저장해 주세요\.$/,
    )
    expect((await kb(env, 'import', path, '--collection', '안내')).out).toContain('2 unchanged')
    const { out } = await kb(env, 'list')
    expect(out).toContain('안내 (private, every workspace)')
    expect(out).toMatch(/docs\/배송\.md +배송 +2 +ko +\d{4}-/)
    expect(out).toMatch(/docs\/returns\.md +Returns +1 +en +\d{4}-/)
    const removed = await kb(env, 'remove', `${path}/배송.md`, `${path}/nothing.md`, '--collection', '안내')
    expect(removed).toMatchObject({ code: 1, out: expect.stringContaining('removed (2 passages)') })
    expect(removed.err).toContain('nothing.md: not in the collection.')
    expect((await kb(env, 'remove', '--collection', '안내')).code).toBe(0)
    expect(await kb(env, 'remove', '--collection', '안내')).toMatchObject({
      code: 1,
      err: 'There is no collection 안내. See: npm run kb -- list',
    })
  })

  test('finds passages without a model, as a table, as JSON and for a file of questions', async () => {
    await using folder = await temporaryFolder()
    const env = { DATA_DIR: join(folder.path, 'data') }
    await furnishDataDir(env.DATA_DIR)
    await kb(env, 'import', await docs(folder.path), '--collection', '안내', '--private')
    const json = await kb(env, 'search', '제주 배송은 며칠 걸려요?', '--collection', '안내', '--json')
    expect(json).toMatchObject({ code: 0, err: '' })
    const [first] = JSON.parse(json.out) as Record<string, unknown>[]
    expect(first).toEqual({
      document: expect.stringMatching(/docs\/배송\.md$/),
      heading: '배송 > 제주',
      score: expect.any(Number),
      text: '나흘 걸려요.',
    })
    // It says how well the question is answered, so that one threshold does for all of them.
    const scoreOf = async (question: string): Promise<number> => {
      const { out } = await kb(env, 'search', question, '--collection', '안내', '--json')
      return (JSON.parse(out) as { score: number }[])[0]?.score ?? 0
    }
    expect(first!['score']).toBeGreaterThan(0.5)
    expect(await scoreOf('제주에서 주차장 예약 취소는 어떻게 하나요?')).toBeLessThan(0.4)
    const batch = join(folder.path, 'questions.txt')
    await writeFile(batch, 'How many days do I have for a return?\r\n\n제주\n')
    const lines = (await kb(env, 'search', '--batch', batch, '--collection', '안내', '--limit', '1')).out
    const found = lines.split('\n').map((line) => JSON.parse(line) as { heading: string }[])
    expect(found.map((each) => each.map(({ heading }) => heading))).toEqual([
      ['Returns'],
      [],
      ['배송 > 제주'],
    ])
    const table = await kb({ ...env, LANG: 'ko_KR.UTF-8' }, 'search', '제주', '배송')
    expect(table.out).toMatch(/^점수 +문서 +제목 +내용\n[\d.]+ +.*배송\.md +배송 > 제주 +나흘/)
    expect(await kb(env, 'search', 'a', '--collection', 'none')).toMatchObject({
      code: 1,
      err: 'There is no collection none. See: npm run kb -- list',
    })
    expect(await kb(env, 'list', '--collection', 'none')).toMatchObject({
      code: 1,
      err: 'There is no collection none. See: npm run kb -- list',
    })
  })

  test.each([
    [['search', '--batch', 'no.txt'], '--batch: no.txt cannot be read (ENOENT)'],
    [['import', 'a.md'], '--collection: name the one to import into, e.g. --collection help'],
    [['search', 'a', '--limit', 'ten'], '--limit: a whole number'],
    [['import', 'a.md', '--collection', 'a', '--depth', 'deep'], '--depth: a whole number'],
    [['remove', 'a.md'], '--collection: name the one to remove from, e.g. --collection help'],
    [
      ['import', 'a.md', '--collection', 'a', '--private', '--public'],
      '--private: not together with --public',
    ],
    [['list', '--lang', 'fr'], '--lang: ko or en'],
  ])('says which argument is wrong: %j', async (args, message) => {
    await using folder = await temporaryFolder()
    const [name = '', ...rest] = args
    expect(await kb({ DATA_DIR: join(folder.path, 'data') }, name, ...rest)).toMatchObject({
      code: 2,
      err: message,
    })
  })

  test('fails when nothing could be imported', async () => {
    await using folder = await temporaryFolder()
    const env = { DATA_DIR: join(folder.path, 'data') }
    await furnishDataDir(env.DATA_DIR)
    const said = await kb(
      env,
      'import',
      join(folder.path, 'none.md'),
      'http://10.0.0.1/',
      '--collection',
      'a',
    )
    expect(said.code).toBe(1)
    expect(said.err).toContain('none.md: not found.')
    expect(said.err).toContain('http://10.0.0.1/: this address is inside a private network.')
    await mkdir(join(folder.path, 'empty'))
    expect(await kb(env, 'import', join(folder.path, 'empty'), '--collection', 'a')).toMatchObject({
      code: 1,
      err: 'There is nothing to import there.',
    })
  })

  test('says of what --prune removes nothing', async () => {
    await using folder = await temporaryFolder()
    const env = { DATA_DIR: join(folder.path, 'data') }
    await furnishDataDir(env.DATA_DIR)
    const path = await docs(folder.path)
    const said = await kb(env, 'import', path, 'http://10.0.0.1/', '--collection', 'a', '--prune')
    expect(said.err).toContain('http://10.0.0.1/: --prune works on folders only.')
    expect(said.err).not.toContain(`${path}: --prune`)
  })

  test('says that the bot is running, and what to do', async () => {
    await using folder = await temporaryFolder()
    await using _bot = await lockDataDir(folder.path)
    const said = await kb({ DATA_DIR: folder.path }, 'list')
    expect(said.code).toBe(1)
    expect(said.err).toMatch(/^The bot is running and holds the embedded database.*Stop it.*DATABASE_URL/)
  })

  test.each([
    [[]],
    [['import', '--collection', 'a']],
    [['list', '--wrong']],
    [['search', '--collection', 'a']],
    [['search', 'a question', '--batch', 'questions.txt']],
  ])('shows how it is used: %j', async (args) => {
    await using folder = await temporaryFolder()
    const said = await kb({ DATA_DIR: folder.path }, ...args)
    expect(said).toMatchObject({ code: 2, err: expect.stringMatching(/^usage: npm run kb -- import/) })
  })
})

test.each([
  [['--workspace', '하늘상점'], '--workspace: a Slack team (T0123ABC) or a Discord server (its number)'],
  [['--audience', 'C1'], '--audience: name the --workspace of that channel too'],
])('a scope that would never be found is refused: %j', async (scope, said) => {
  await using folder = await temporaryFolder()
  const refused = await kb({ DATA_DIR: folder.path }, 'import', 'a.md', '--collection', 'a', ...scope)
  expect(refused).toMatchObject({ code: 2, err: said })
})

withServer('postgres')('npm run kb on PostgreSQL', () => {
  test('works while the bot runs, for one workspace', async () => {
    await using database = await furnishedDatabase()
    await using folder = await temporaryFolder()
    const env = { DATABASE_URL: database.url }
    await using _bot = await openStore({
      ...{ url: database.url, dataDir: null, log: SILENT, clock: realClock, rateScale: 1 },
      migrations: featureMigrations,
    })
    const path = await docs(folder.path)
    const place = ['--collection', '안내', '--workspace', 'T1']
    expect((await kb(env, 'import', path, ...place)).out).toContain('2 added')
    expect((await kb(env, 'list', '--workspace', 'T1')).out).toContain('안내 (public, slack:T1)')
    expect((await kb(env, 'list', '--workspace', 'T2')).out).toBe('There is nothing yet.')
    const search = ['search', '반품', 'return', '--collection', '안내', '--json']
    // The only collection of that name needs no workspace; with another one it is asked for.
    expect((await kb(env, ...search)).out).toContain('within seven days')
    await kb(env, 'import', path, '--collection', '안내', '--workspace', 'T2')
    expect((await kb(env, ...search)).err).toContain('--workspace slack:T1 | --workspace slack:T2')
    expect((await kb(env, ...search, '--workspace', 'T2')).out).toContain('within seven days')
    expect((await kb(env, 'remove', '--collection', '안내')).code).toBe(1)
    expect((await kb(env, 'remove', ...place)).code).toBe(0)
    // As answers look for it: a channel of a workspace is an audience.
    const channel = ['--collection', '파트너', '--workspace', '1240000000000000001', '--audience', '77']
    expect((await kb(env, 'import', path, ...channel)).code).toBe(0)
    const server = 'discord:1240000000000000001'
    expect((await kb(env, 'list')).out).toContain(`파트너 (public, ${server}, ${server}:77)`)
  })
})

describe('the progress bar', () => {
  const show = (isTTY: boolean, ...args: [number, number | null, string]): string => {
    let shown = ''
    const write = (text: string): boolean => {
      shown += text
      return true
    }
    const terminal = { isTTY, columns: 60, write }
    const bar = createProgressBar(terminal as never, () => 0)
    bar.show(...args)
    bar.clear()
    return shown
  }

  test('fits its line, also with Korean names', () => {
    const shown = show(true, 12, 24, `guide/${'가나다라'.repeat(20)}.md`)
    expect(shown).toMatch(/^\r\x1b\[2K\[█{12}░{12}\] 12\/24 ….*가나다라\.md\r\x1b\[2K$/)
  })

  test('counts pages while their number is not known', () => {
    expect(show(true, 3, null, 'https://a.example/')).toContain('3 https://a.example/')
  })

  test('is silent in a log file', () => {
    expect(show(false, 1, 2, 'a.md')).toBe('')
  })
})

test.each([
  ['help', '컬렉션 help가 없어요'],
  ['안내', '컬렉션 안내가 없어요'],
  ['배송', '컬렉션 배송이 없어요'],
])('a collection that is not there is named with its particle: %s', (name, said) => {
  expect(noSuch(name, 'ko')).toBe(`${said}: npm run kb -- list`)
})
