// Nothing a model, a customer or a title says can ping anybody, whole or in pieces.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safePrefix } from '../../src/text/markdown.ts'
import { neutralize, unfinishedMention } from '../../src/text/mentions.ts'

/** What would notify someone, by each platform's own syntax. */
const PINGS = {
  slack: /<!(?:channel|here|everyone|subteam)|<@[UW]?\w|@(?:channel|here|everyone|group)/i,
  discord: /<@[!&]?\d|@everyone|@here/,
}

const slack = [
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<!channel|channel>',
  '<!here|@here>',
  '<!subteam^S012AB3CD>',
  '<!subteam^S012AB3CD|@cs-team>',
  '<@U024BE7LH>',
  '<@W024BE7LH>',
  '<@U024BE7LH|minsu>',
  '@channel',
  '@here',
  '@everyone',
  '@group',
  '@Channel',
  '@HERE 확인해 주세요',
  '전체공지@channel',
  '여러분 <!channel>께 알려 드려요',
  '`<!channel>`',
  '```\n<!here>\n```',
  '**<!channel>**',
  '> <@U024BE7LH> 님',
  '<<!channel>>',
  '<!chan<!channel>nel>',
  '@@here',
  '@here@channel',
  '<https://evil.example|@channel>',
  '<https://evil.example|<!channel>>',
  '@<https://x.kr|here>',
  '<<https://x.kr|!here>',
  '<<https://x.kr|@U024BE7LH>',
  '&lt;!channel&gt;',
  '&lt;@U024BE7LH&gt;',
  '&#60;!here>',
  '[<!channel>](https://x.kr)',
  '\\<!channel>',
  '\\@here',
  '<!date^1392734382^{date}|<!here>>',
  '김민수 <@U1>',
  'Team @here, Inc.',
]
const discord = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@!123456789012345678>',
  '<@&123456789012345678>',
  '공지 @everyone 확인',
  '`@everyone`',
  '```\n@here\n```',
  '**@everyone**',
  '||@everyone||',
  '@@everyone',
  'a@everyone',
  '@everyone@here',
  '<<@123456789012345678>>',
  '[@everyone](https://x.kr)',
  '\\@everyone',
  '> @here',
  '# @everyone',
  '-# <@123456789012345678>',
  '<@<@123456789012345678>',
  '@hereafter',
]

describe.each([
  ['slack' as const, slack],
  ['discord' as const, discord],
])('on %s', (platform, hostile) => {
  it.each(hostile)('%j pings nobody', (text) => {
    const safe = neutralize(text, platform)
    expect(safe).not.toMatch(PINGS[platform])
    expect(neutralize(safe, platform)).toBe(safe)
  })

  it('pings nobody when the text arrives one character at a time', () => {
    for (const text of hostile) {
      let shown = ''
      for (let at = 1; at <= text.length; at++) {
        const next = neutralize(safePrefix(text.slice(0, at)), platform)
        expect(next.startsWith(shown)).toBe(true)
        expect(next).not.toMatch(PINGS[platform])
        shown = next
      }
      expect(neutralize(text, platform).startsWith(shown)).toBe(true)
    }
  })

  it('pings nobody whatever the pieces are, and a second pass changes nothing', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '<',
        '!',
        '@',
        'here',
        'channel',
        'every',
        'one',
        '&',
        '#',
        '1',
        'U1',
        '>',
        '|',
        'https://a.b',
        '&lt;',
        'subteam^S1',
        ' ',
        '\n',
        '가',
        '\u200B',
      ),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const safe = neutralize(parts.join(''), platform)
        expect(safe).not.toMatch(PINGS[platform])
        expect(neutralize(safe, platform)).toBe(safe)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    '주문하신 상품은 <b>내일</b> 도착해요',
    'me@example.com으로 보내 주세요',
    'a < b && c > d',
    '<https://example.com/a>',
    '<#C024BE7LR|general> 채널',
    '@김민수 님',
    '가격은 5,000원@개당',
  ])('leaves %j alone', (text) => {
    expect(neutralize(text, platform)).toBe(text)
  })
})

it('shows where a masked Slack link leads', () => {
  expect(neutralize('<https://evil.example/a|https://bank.example>', 'slack')).toBe(
    '\u200Bhttps://bank.example <https://evil.example/a>',
  )
  expect(neutralize('<https://x.kr|https://x.kr>', 'slack')).toBe('<https://x.kr>')
})

it.each([
  ['확인 <', 1],
  ['@', 1],
  ['모두 @ever', 5],
  ['@everyone', 0],
  ['me@example', 0],
  ['a &l', 2],
  ['끝', 0],
])('%j may yet become a mention by its last %d characters', (text, length) => {
  expect(unfinishedMention(text)).toBe(length)
})
