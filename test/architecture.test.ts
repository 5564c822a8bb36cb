// The shape of the code, as docs describe it, held against the real imports: who may know whom, and which folder owns
// which package.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

interface Row {
  folder: string
  /** Folders of ours, besides itself; a path that ends in .ts is that file only, `*` is one name. */
  imports: readonly string[]
  /** npm packages; `*` is any ending. */
  packages: readonly string[]
}

const EVERYTHING = ['*']

const TABLE: readonly Row[] = [
  { folder: 'src/core', imports: [], packages: ['zod'] },
  {
    folder: 'src/text',
    imports: ['src/core'],
    packages: ['tinyld', 'mdast', 'mdast-util-*', 'micromark-extension-*'],
  },
  { folder: 'commands', imports: ['src/core', 'src/text', 'src/*/model.ts'], packages: [] },
  { folder: 'workers', imports: ['src/core', 'src/text', 'src/*/model.ts'], packages: [] },
  // mdast is the types of the tree that src/text hands over.
  { folder: 'src/slack', imports: ['src/core', 'src/text'], packages: ['@slack/*', 'mdast'] },
  { folder: 'src/discord', imports: ['src/core', 'src/text'], packages: ['discord.js', 'mdast'] },
  { folder: 'src/llm', imports: ['src/core', 'src/text'], packages: ['openai'] },
  { folder: 'src/store', imports: ['src/core'], packages: ['pg', '@electric-sql/pglite', 'kysely'] },
  { folder: 'src/queue', imports: ['src/core'], packages: ['bullmq', 'ioredis'] },
  { folder: 'src/http', imports: ['src/core', 'src/text'], packages: ['hono', '@hono/*', 'prom-client'] },
  ...['src/knowledge', 'src/desk', 'src/translation', 'src/report'].map((folder) => ({
    folder,
    imports: ['src/core', 'src/text', 'src/store/db.ts'],
    packages: EVERYTHING,
  })),
  // The composition: app, main, config and the like, and the commands of the command line.
  { folder: 'src', imports: EVERYTHING, packages: EVERYTHING },
  { folder: 'src/cli', imports: EVERYTHING, packages: EVERYTHING },
  { folder: 'test/fakes', imports: [], packages: ['ws', 'discord-api-spec'] },
  // Only for the fake's own tests, which look at it through the real SDK.
  { folder: 'test/fakes/discord/connect.ts', imports: ['test/fakes/discord'], packages: ['discord.js'] },
]

/** Packages of a feature's own may be anything but these: they are spoken to through somebody. */
const OWNED = TABLE.filter((row) => row.packages !== EVERYTHING).flatMap((row) =>
  row.packages.filter((name) => name !== 'kysely').map((name) => ({ name })),
)
const MAX_LINES = 300

const root = fileURLToPath(new URL('..', import.meta.url))

interface File {
  path: string
  text: string
  row: Row
  imports: string[]
  /** Without type imports, which are gone at run time. */
  loads: string[]
}

const paths = globSync(['src/**/*.ts', 'commands/**/*.ts', 'workers/**/*.ts', 'test/fakes/**/*.ts'], {
  cwd: root,
})
const files: readonly File[] = paths
  .filter((path) => !path.endsWith('.test.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, row: rowOf(path), imports: importsOf(text), loads: importsOf(withoutTypes(text)) }
  })

function rowOf(path: string): Row {
  const fits = TABLE.filter(
    ({ folder }) =>
      path === folder || dirname(path) === folder || (folder !== 'src' && path.startsWith(`${folder}/`)),
  )
  const row = fits.toSorted((a, b) => b.folder.length - a.folder.length)[0]
  if (!row) throw new Error(`${path} is in a folder that the table does not know`)
  return row
}

function importsOf(text: string): string[] {
  const statements =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^\s*import '([^']+)'|\bimport\('([^']+)'\)/gm
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function withoutTypes(text: string): string {
  return text.replaceAll(/^(import|export) type\b[^'"`;]*?from '[^']+'/gm, '')
}

const isOurs = (specifier: string): boolean => specifier.startsWith('.')
const targetOf = (from: string, specifier: string): string => join(dirname(from), specifier)

/** `mdast-util-gfm` and `@slack/bolt` from `@slack/bolt/dist/x`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function fits(pattern: string, name: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join(pattern.endsWith('*') ? '.*' : '[^/]*')}$`).test(name)
}

function mayImport({ folder, imports }: Row, target: string): boolean {
  if (imports === EVERYTHING) return true
  return [folder, ...imports].some((allowed) =>
    allowed.endsWith('.ts') ? fits(allowed, target) : target.startsWith(`${allowed}/`),
  )
}

function mayUse({ folder, packages }: Row, name: string): boolean {
  if (packages !== EVERYTHING) return packages.some((pattern) => fits(pattern, name))
  if (folder === 'src' || folder === 'src/cli') return true
  return !OWNED.some((owned) => fits(owned.name, name))
}

describe('the shape of the code', () => {
  test('a folder imports only what the table allows', () => {
    const wrong = files.flatMap(({ path, row, imports }) =>
      imports
        .filter((specifier) => isOurs(specifier) && !mayImport(row, targetOf(path, specifier)))
        .map((specifier) => `${path} → ${targetOf(path, specifier)}`),
    )
    expect(wrong).toEqual([])
  })

  test('a package is used only by the folder that owns it', () => {
    const wrong = files.flatMap(({ path, row, imports }) =>
      imports
        .filter((specifier) => !isOurs(specifier) && !specifier.startsWith('node:'))
        .filter((specifier) => !mayUse(row, packageOf(specifier)))
        .map((specifier) => `${path} → ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  test('only the process edge uses the command line', () => {
    const users = files.filter(
      ({ path, imports }) =>
        !path.startsWith('src/cli/') &&
        imports.some((specifier) => isOurs(specifier) && targetOf(path, specifier).startsWith('src/cli/')),
    )
    expect(users.map((file) => file.path)).toEqual(['src/main.ts'])
  })

  test('only the process edge reads the environment', () => {
    const readers = files.filter(
      ({ path, text }) => !path.startsWith('test/') && /process\.env\b(?!\.)/.test(code(text)),
    )
    expect(readers.map((file) => file.path)).toEqual(['src/main.ts'])
  })

  test('every import leads to a file', () => {
    const known = new Set(globSync('{src,commands,workers,test}/**/*.{ts,mjs,json}', { cwd: root }))
    const lost = files.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => isOurs(specifier) && !known.has(targetOf(path, specifier)))
        .map((to) => `${path} → ${to}`),
    )
    expect(lost).toEqual([])
  })

  test('no file imports itself in a circle', () => {
    expect(circles()).toEqual([])
  })

  test('a file fits a few screens', () => {
    const long = files
      .filter(({ path, text }) => !path.startsWith('test/') && text.trimEnd().split('\n').length > MAX_LINES)
      .map((file) => file.path)
    expect(long).toEqual([])
  })

  test('what a file gives has a name', () => {
    expect(files.filter(({ text }) => /^export default\b/m.test(text)).map((file) => file.path)).toEqual([])
  })

  test('a file says in its first line what it is for', () => {
    expect(
      files.filter(({ text }) => !/^(#!.*\n)?(\/\/ \S|\/\*)/.test(text)).map((file) => file.path),
    ).toEqual([])
  })

  test('vocabulary and text rules know no clock', () => {
    const timed = files.filter(
      ({ path, text }) =>
        /^(src\/(core|text)|commands)\//.test(path) &&
        /\bDate\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval)\(/.test(code(text)),
    )
    expect(timed.map((file) => file.path)).toEqual([])
  })
})

/** Without comments, which may name what the code must not use. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')
}

function circles(): string[] {
  const graph = new Map(
    files.map(({ path, loads }) => [
      path,
      loads.filter(isOurs).map((specifier) => targetOf(path, specifier)),
    ]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    else if (!done.has(path)) {
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}
