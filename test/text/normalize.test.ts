// What people paste must come out in one form, with nothing invisible left in it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeText } from '../../src/text/normalize.ts'
import { anyText } from '../any-text.ts'

const rows: [claim: string, raw: string, expected: string][] = [
  ['Hangul from a Mac matches Hangul from Windows', '배송'.normalize('NFD'), '배송'],
  ['laughing and crying jamo stay as typed', 'ㅋㅋㅋ 진짜요ㅠㅠ', 'ㅋㅋㅋ 진짜요ㅠㅠ'],
  ['full-width letters stay as typed', 'ＡＢＣ １２３', 'ＡＢＣ １２３'],
  ['NUL is dropped', '주문\0번호', '주문번호'],
  ['an escape sequence loses its control character', '\u001b[31m빨강', '[31m빨강'],
  ['tabs and line breaks stay', 'a\tb\nc', 'a\tb\nc'],
  ['Windows line endings become one', 'a\r\nb\rc', 'a\nb\nc'],
  ['Unicode line separators become line endings', 'a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
  ['a lone high surrogate is replaced', 'x\ud83dy', 'x\ufffdy'],
  ['a lone low surrogate is replaced', '\ude00 hi', '\ufffd hi'],
  ['a right-to-left override cannot disguise a file name', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['isolates are removed', '\u2066hello\u2069', 'hello'],
  ['zero-width spaces are removed', '환\u200B불', '환불'],
  ['a byte order mark is removed', '\uFEFF안녕', '안녕'],
  ['a soft hyphen is removed', 'refund\u00ADable', 'refundable'],
  ['a family emoji stays whole', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
  ['an emoji with a skin tone and a profession stays whole', '👩🏽‍💻', '👩🏽‍💻'],
  ['an emoji with a variation selector and a joiner stays whole', '🕵️‍♂️', '🕵️‍♂️'],
  ['a joiner between letters is removed', 'a\u200Db', 'ab'],
  ['a doubled joiner is removed', '👩\u200D\u200D👧', '👩👧'],
  ['the flag of Scotland stays', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['text smuggled in tag characters is removed', 'hi\u{E0049}\u{E0067}\u{E006E}', 'hi'],
  ['a non-breaking space is a space', '가격\u00A0문의', '가격 문의'],
  ['a Hangul filler used as a blank name is nothing', '\u3164', ''],
  ['outer white space goes', '  \n 안녕하세요 \n\n', '안녕하세요'],
  ['jamo split by a zero-width space join', '\u1100\u200B\u1161', '가'],
]

describe('normalizeText', () => {
  it.each(rows)('%s', (_, raw, expected) => {
    expect(normalizeText(raw)).toBe(expected)
  })

  it('changes nothing the second time', () => {
    const nasty = fc.constantFrom(
      '\u200D',
      '\u200B',
      '\r',
      '\n',
      ' ',
      '👩',
      '\uFE0F',
      '🏴',
      '\u{E0067}',
      '\u{E007F}',
      '\u1100',
      '\u1161',
      '\ud800',
      'é',
      '\u0301',
      '\u00A0',
      '\0',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, anyText({ maxLength: 3 })), { maxLength: 30 }), (bits) => {
        const once = normalizeText(bits.join(''))
        expect(normalizeText(once)).toBe(once)
        expect(once.isWellFormed()).toBe(true)
      }),
    )
  })
})
