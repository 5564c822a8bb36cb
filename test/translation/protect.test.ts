// What must come through a translation as it is: found, taken out, and put back exactly, or said to be wrong.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findItems } from '../../src/translation/items.ts'
import { protect, restore } from '../../src/translation/protect.ts'
import { createTranslator } from '../../src/translation/translator.ts'
import { requestOf } from './support.ts'

describe('what is kept', () => {
  test.each([
    ['<@U123ABC>님이 <#C1|general>에 올렸어요', ['<@U123ABC>', '<#C1|general>']],
    [
      '<@!123> <@&55> <:party:99> <a:wave:7> <t:1700000000:R>',
      ['<@!123>', '<@&55>', '<:party:99>', '<a:wave:7>', '<t:1700000000:R>'],
    ],
    ['<!channel> 확인', ['<!channel>']],
    ['@민지님께 전달해 주세요', ['@민지']],
    ['@박은지는 휴가예요', ['@박은지']],
    ['ask @john.doe, please', ['@john.doe']],
    ['#배송-문의 채널', ['#배송-문의']],
    ['메일은 help@shop.example로 주세요', ['help@shop.example']],
    ['https://shop.example/a?b=1를 보세요.', ['https://shop.example/a?b=1']],
    ['(https://shop.example/a_(b)).', ['https://shop.example/a_(b)']],
    ['https://namu.wiki/w/카카오톡을 보세요', ['https://namu.wiki/w/카카오톡']],
    [
      'https://shop.example/에서, https://shop.example/b에서',
      ['https://shop.example/', 'https://shop.example/b'],
    ],
    ['https://shop.example/환불/안내로 가세요', ['https://shop.example/환불/안내']],
    ['https://shop.example/w/우리마을 참고', ['https://shop.example/w/우리마을']],
    ['https://shop.example/?q=환불&n=1에서', ['https://shop.example/?q=환불&n=1']],
    ['example.com/help 또는 naver.com에서 보세요', ['example.com/help', 'naver.com']],
    ['shop.kr/환불안내에서 보세요.', ['shop.kr/환불안내']],
    ['[환불 안내](https://shop.example/refund)를', ['https://shop.example/refund']],
    ['`npm start`를 실행하고 ```\ncode 1\n```', ['`npm start`', '```\ncode 1\n```']],
    ['```js\nlet a = "안녕"\n```', ['```js\nlet a = "안녕"\n```']],
    [
      `{name}님, {{order.id}} %s %1$s ${'$'}{x} %(who)s {0}`,
      ['{name}', '{{order.id}}', '%s', '%1$s', `${'$'}{x}`, '%(who)s', '{0}'],
    ],
    ['{고객명}님, #{상품명}이 %(이름)s', ['{고객명}', '#{상품명}', '%(이름)s']],
    ['{고객 이름}님, {first name}, {주문.번호}', ['{고객 이름}', '{first name}', '{주문.번호}']],
    ['주문 ORD-20231125-77, 송장 123456789012', ['ORD-20231125-77', '123456789012']],
    ['전화 010-1234-5678, 1588-1234', ['010-1234-5678', '1588-1234']],
    ['[주문번호]와 [order number]', ['[주문번호]', '[order number]']],
    ['좋아요 👍🏽 👨‍👩‍👧 🇰🇷 :party_parrot:', ['👍🏽 👨‍👩‍👧 🇰🇷', ':party_parrot:']],
    ['<b>굵게</b>', ['<b>', '</b>']],
    ['⟦1⟧라고 쓰면', ['⟦', '⟧']],
  ])('%s', (text, kept) => {
    expect(findItems(text).map((item) => item.text)).toEqual(kept)
  })

  test.each([
    '100% 환불, 50%d',
    '[중요] 공지',
    '3 < 5 그리고 7 > 2',
    '오후 3:30에 뵐게요',
    '3만 5천 원, 2026-11-25',
    '1번과 2번',
    '{ "a": 1 }',
    'C#과 C++',
    'Sure.Then 좋아요, Node.js와 ASP.NET, 오후 3 p.m.',
  ])('nothing of "%s"', (text) => {
    expect(findItems(text)).toEqual([])
  })
})

describe('put back', () => {
  const open = protect('@민지님, 주문 ORD-1234-5678은 https://shop.example/1에서 보세요.', 'en')
  const back = (translated: string) => restore(translated, open.text, open.kept, 'en')

  test('the model sees placeholders only', () => {
    expect(open.text).toBe('⟦1⟧님, 주문 ⟦2⟧은 ⟦3⟧에서 보세요.')
  })
  test('in another order, as another language has it', () => {
    expect(back('See ⟦3⟧ for order ⟦2⟧, ⟦1⟧.')).toEqual({
      text: 'See https://shop.example/1 for order ORD-1234-5678, @민지.',
      flags: [],
    })
  })
  test.each([
    ['lost', 'See ⟦3⟧, ⟦1⟧.', ['ORD-1234-5678']],
    ['twice', 'See ⟦3⟧ for ⟦2⟧ and ⟦2⟧, ⟦1⟧.', ['ORD-1234-5678']],
    ['another one', 'See ⟦3⟧ for ⟦2⟧ ⟦1⟧ ⟦9⟧', ['']],
    ['half a one', 'See ⟦3⟧ for ⟦2⟧ ⟦1⟧ ⟦', ['']],
    ['broken', 'See ⟦3⟧ for ⟦2x⟧ ⟦1⟧', ['ORD-1234-5678']],
  ])('%s is said', (_what, translated, details) => {
    const { text, flags } = back(translated)
    expect(flags).toEqual(details.map((detail) => ({ kind: 'protected', detail })))
    expect(text).not.toMatch(/[⟦⟧]/)
  })
  test('spaces and brackets that look alike are forgiven', () => {
    expect(back('⟦ 1 ⟧ 〚2〛 ⟦3⟧').flags).toEqual([])
  })
  test('an address that was changed or dropped is said', () => {
    const bare = protect('도움말은 example.com/help, naver.com에서 샀어요.', 'en')
    const changed = restore('See example.com/support. I bought it online.', bare.text, bare.kept, 'en')
    expect(changed.flags.map(({ detail }) => detail)).toEqual(['example.com/help', 'naver.com'])
  })
  test('in its own line', () => {
    const lines = protect('주문 AB12345\n송장 CD67890', 'en')
    const moved = restore('Order ⟦2⟧\nParcel ⟦1⟧', lines.text, lines.kept, 'en')
    expect(moved.flags.map(({ detail }) => detail)).toEqual(['AB12345', 'CD67890'])
    expect(restore('Order ⟦1⟧\nParcel ⟦2⟧', lines.text, lines.kept, 'en').flags).toEqual([])
  })
  test('labels of masked data take the language of the translation', () => {
    const masked = protect('[주문번호]를 알려 주세요', 'en')
    expect(restore('Please tell me ⟦1⟧', masked.text, masked.kept, 'en').text).toBe(
      'Please tell me [order number]',
    )
  })
  test('Korean particles fit what they follow', () => {
    const english = protect('Open `Slack` with @john and AB12345.', 'ko')
    const { text } = restore('⟦2⟧과 함께 ⟦1⟧를 열고 ⟦3⟧으로 가세요.', english.text, english.kept, 'ko')
    expect(text).toBe('@john과 함께 `Slack`을 열고 AB12345로 가세요.')
  })
})

describe('whatever a model does to it', () => {
  const word = fc.constantFrom(
    '내일',
    '배송이',
    '환불은',
    '확인해',
    '주세요.',
    '오류가',
    '나요?',
    '그리고',
    '안내드려요.',
  )
  const item = fc.oneof(
    fc.constantFrom(
      '<@U12345>',
      '<#C9|general>',
      '@민지',
      'help@shop.example',
      '{name}',
      '{{order.id}}',
      '%s',
      '`npm i`',
    ),
    fc.constantFrom(
      '👍🏽',
      ':party:',
      '[주문번호]',
      'https://shop.example/a?b=1&c=2',
      '```\nx = 1\n```',
      '⟦3⟧',
      '⟦',
    ),
    fc.nat(999_999).map((n) => `ORD-${String(n).padStart(6, '0')}-A1`),
  )
  const text = fc
    .array(fc.oneof({ weight: 2, arbitrary: word }, { weight: 1, arbitrary: item }), {
      minLength: 1,
      maxLength: 30,
    })
    .chain((parts) =>
      fc
        .array(fc.constantFrom(' ', ' ', '\n'), { minLength: parts.length, maxLength: parts.length })
        .map((gaps) =>
          parts
            .map((part, at) => part + gaps[at])
            .join('')
            .trim(),
        ),
    )
  const mangling = fc.array(
    fc.record({
      how: fc.constantFrom('shuffle', 'drop', 'repeat', 'mangle', 'space', 'none'),
      at: fc.nat(40),
    }),
    { maxLength: 4 },
  )

  function mangle(source: string, steps: readonly { how: string; at: number }[]): string {
    let parts = source.split(/(⟦\d+⟧)/)
    for (const { how, at } of steps) {
      const places = parts.flatMap((part, index) => (/^⟦\d+⟧$/.test(part) ? [index] : []))
      const place = places[at % Math.max(1, places.length)]
      if (place === undefined) break
      const other = places[(at + 1) % places.length]!
      if (how === 'shuffle') [parts[place], parts[other]] = [parts[other]!, parts[place]!]
      if (how === 'drop') parts = parts.filter((_, index) => index !== place)
      if (how === 'repeat') parts.splice(place, 0, parts[place]!)
      if (how === 'mangle') parts[place] = ['⟦x⟧', '[1]', '⟦', '⟧', '⟦99⟧', '【1】', '1'][at % 7]!
      if (how === 'space') parts[place] = parts[place]!.replace('⟦', '⟦ ')
    }
    return parts.join('')
  }
  const count = (whole: string, part: string): number => whole.split(part).length - 1

  test('every kept item is there exactly as often as before, or a flag says so', async () => {
    await fc.assert(
      fc.asyncProperty(text, mangling, mangling, async (source, first, second) => {
        let tries = 0
        const translate = createTranslator({
          ask: async (prompt) => ({
            text: mangle(prompt.text, tries++ === 0 ? first : second),
            isWhole: true,
          }),
        })
        const made = await translate(requestOf({ text: source, from: 'ko', to: 'en' }))
        if (made.outcome !== 'translated') {
          expect(made.translation).toBe(source)
          return
        }
        const kept = new Set(protect(source, 'en').kept)
        const isWhole = [...kept].every((one) => {
          const before = one === '[order number]' ? '[주문번호]' : one
          return count(made.translation, one) === count(source, before)
        })
        // An address with a letter too many is another address.
        const isSaid = made.flags.some(({ kind }) => kind === 'protected' || kind === 'link')
        expect(isWhole || isSaid).toBe(true)
        // What nobody tampered with is not complained about.
        const isUntouched = [...first, ...second].every(({ how }) => how === 'none' || how === 'space')
        if (isUntouched) expect([isWhole, isSaid]).toEqual([true, false])
      }),
      { numRuns: 1_500 },
    )
  })
})
