// The documents say the same in both languages and in both places where they say it.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** As one line each, whatever they are broken into; the placeholder for an id differs by language. */
const serveLines = (text: string): string[] =>
  [...text.replaceAll('\\\n', ' ').matchAll(/vllm serve [^`\n]+/g)]
    .map(([line]) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/<[^>]+>/, '<id>')
        .trim(),
    )
    .filter((line) => line.includes('--max-model-len'))

test.each([
  ['README.md', 'docs/exaone.md'],
  ['README.ko.md', 'docs/ko/exaone.md'],
])('%s serves every model as %s does', (readme, guide) => {
  const table = read(readme)
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('vllm serve'))
  expect(table).toHaveLength(6)
  expect(serveLines(table.join('\n'))).toEqual(serveLines(read(guide)).slice(0, 6))
})

test.each(['README.md', 'README.ko.md'])('%s can be read in one go', (path) => {
  expect(read(path).split('\n').length).toBeLessThan(200)
})
