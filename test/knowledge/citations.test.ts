// A customer can trust a citation: what its passage does not say is not shown as if it did.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCitations } from '../../src/knowledge/citations.ts'
import { type CitationPair, RIGHT, WRONG } from './citation-pairs.ts'
import { BESIDE, BORNE_OUT, OPPOSITE } from './polarity-pairs.ts'
import { ANOTHERS, ITS_OWN, SWAPPED } from './subject-pairs.ts'

const langOf = (text: string): 'ko' | 'en' => (/[가-힣]/.test(text) ? 'ko' : 'en')

function isKept({ sentence, passage, translation, other }: CitationPair): boolean {
  const passages = [{ n: 1, text: passage, translation }, ...(other ? [{ n: 2, text: other }] : [])]
  return checkCitations({ text: `${sentence} [1].`, passages, lang: langOf(sentence) }).isSupported
}

describe('sixty citations, half of them wrong', () => {
  test('there are thirty of each', () => {
    expect([RIGHT.length, WRONG.length]).toEqual([30, 30])
  })

  test('nine of ten wrong ones are dropped', () => {
    const kept = WRONG.filter(isKept).map(({ wrong, sentence }) => `${wrong}: ${sentence}`)
    expect(kept.length, kept.join('\n')).toBeLessThanOrEqual(WRONG.length * 0.1)
  })

  test('at most one of twenty right ones is dropped', () => {
    const lost = RIGHT.filter((pair) => !isKept(pair)).map(({ sentence }) => sentence)
    expect(lost.length, lost.join('\n')).toBeLessThanOrEqual(RIGHT.length * 0.05)
  })
})

describe('sixty sentences that say yes or no, half of them the opposite of their passage', () => {
  test('there are thirty of each', () => {
    expect([BORNE_OUT.length, OPPOSITE.length]).toEqual([30, 30])
  })

  test('nine of ten opposite ones are dropped', () => {
    const kept = OPPOSITE.filter(isKept).map(({ sentence, passage }) => `${sentence} ← ${passage}`)
    expect(kept.length, kept.join('\n')).toBeLessThanOrEqual(OPPOSITE.length * 0.1)
  })

  test('at most one of twenty right ones is dropped', () => {
    const lost = BORNE_OUT.filter((pair) => !isKept(pair)).map(
      ({ sentence, passage }) => `${sentence} ← ${passage}`,
    )
    expect(lost.length, lost.join('\n')).toBeLessThanOrEqual(BORNE_OUT.length * 0.05)
  })

  test.each(BESIDE)('what is denied of something else is no opposite: $sentence ← $passage', (pair) => {
    expect(isKept(pair)).toBe(true)
  })

  test('what is denied goes with its words, not only with its source', () => {
    const passages = [{ n: 1, text: 'Orders can be refunded within 7 days. Shipping takes two days.' }]
    const text = '환불할 수 없어요 [1]. 배송은 이틀 걸려요 [1].'
    expect(checkCitations({ text, passages, lang: 'ko' }).text).toBe('배송은 이틀 걸려요[1].')
  })
})

describe('sentences that give a thing a value, of which some give it another thing’s', () => {
  const list = (pairs: readonly CitationPair[]) =>
    pairs.map(({ sentence, passage }) => `${sentence} ← ${passage}`).join('\n')

  test('nine of ten that take another thing’s are dropped', () => {
    const kept = ANOTHERS.filter(isKept)
    expect(kept.length, list(kept)).toBeLessThanOrEqual(ANOTHERS.length * 0.1)
  })

  test('at most one of twenty right ones is dropped', () => {
    const lost = ITS_OWN.filter((pair) => !isKept(pair))
    expect(lost.length, list(lost)).toBeLessThanOrEqual(ITS_OWN.length * 0.05)
  })

  test.each(SWAPPED)('values are not swapped: $sentence ← $passage', (pair) => {
    expect(isKept(pair)).toBe(false)
  })

  test('what only another page gives goes with its words where its own page says otherwise', () => {
    const passages = [
      { n: 1, about: '텀블러', text: '가격은 18,000원입니다.' },
      { n: 2, about: '머그컵', text: '가격은 12,000원입니다.' },
    ]
    const text = '텀블러는 18,000원이에요 [1]. 머그컵은 18,000원이에요 [1].'
    const { text: shown, dropped } = checkCitations({ text, passages, lang: 'ko' })
    expect(shown).toBe('텀블러는 18,000원이에요[1].')
    expect(dropped.map(({ reason }) => reason)).toEqual(['name not there'])
  })
})

const PASSAGES = [
  {
    n: 1,
    text: '반품은 상품 수령일로부터 7일 이내에 신청 가능합니다. 왕복 배송비 6,000원은 고객 부담입니다.',
  },
  { n: 2, text: '배송비는 3,000원이며 50,000원 이상 구매 시 무료입니다. 영업일 기준 2~3일 걸립니다.' },
  { n: 3, text: '고객센터는 평일 09:00~18:00에 운영합니다. 전화 1588-1234' },
]

function check(text: string, lang: 'ko' | 'en' = 'ko') {
  return checkCitations({ text, passages: PASSAGES, lang })
}

describe('the language of a passage is that of most of its text', () => {
  const english = {
    n: 1,
    about: '연락처 › Contact',
    text: 'You can reach us on KakaoTalk (카카오톡) from 9 am to 6 pm on weekdays. Outside these hours, leave a message with your name, and somebody from our team calls back on the following working day.',
  }

  test.each([
    '평일에는 아침부터 저녁까지 상담해 드리고, 그 밖의 시간에는 글을 남겨 주세요',
    '카카오톡으로 평일 오전 9시부터 오후 6시까지 문의하실 수 있어요',
  ])('a Korean sentence is borne out by an English page with a Korean name: %s', (sentence) => {
    const { isSupported, dropped } = checkCitations({
      text: `${sentence} [1].`,
      ...{ passages: [english], lang: 'ko' },
    })
    expect(dropped).toEqual([])
    expect(isSupported).toBe(true)
  })

  test('an English sentence with a Korean name is read as English', () => {
    const text = 'Reach us on KakaoTalk (카카오톡) from 9 am to 6 pm on weekdays [1].'
    const { isSupported } = checkCitations({ text, passages: [english], lang: 'en' })
    expect(isSupported).toBe(true)
  })

  test('a Korean page of which only the title is English still has to speak of the same', () => {
    const passages = [{ n: 1, about: 'Delivery › Shipping', text: '출고된 상품은 이틀 안에 도착합니다.' }]
    const text = '적립금은 회원 등급에 따라 다르게 쌓이고 연말에 사라져요 [1].'
    expect(checkCitations({ text, passages, lang: 'ko' }).isSupported).toBe(false)
  })
})

describe('every way in which a model cites is read', () => {
  test.each([
    '반품은 7일 이내에 신청하세요. [1]',
    '반품은 7일 이내에 신청하세요[1].',
    '반품은 7일 이내에 신청하세요 [1].',
    '반품은 7일 이내에 신청하세요.[1]',
    '반품은 7일 이내에 신청하세요 【1】.',
    '반품은 7일 이내에 신청하세요【1†source】.',
    '반품은 7일 이내에 신청하세요 (출처 1).',
    '반품은 7일 이내에 신청하세요. (출처: 1)',
    '반품은 7일 이내에 신청하세요 [출처 1].',
    '반품은 7일 이내에 신청하세요[^1].',
    '[1]에 따르면, 반품은 7일 이내에 신청하세요.',
    '반품은 7일 이내에[1] 신청하세요.',
    '반품은 7일 이내에 신청하세요.\n[1]',
  ])('%s', (text) => {
    const { text: shown, cited, isSupported } = check(text)
    expect(isSupported).toBe(cited.includes(1))
    expect(cited).toEqual([1])
    expect(shown).toContain('신청하세요')
    expect(shown.match(/\[1\]/g) ?? []).toHaveLength(1)
  })

  test.each(['[1][2]', '[1, 2]', '[1] [2]', '[1-2]', '(출처 1, 2)', '【1】【2】'])(
    'two sources as %s',
    (marks) => {
      const { text, cited } = check(`반품은 7일 이내에 하시고 배송비는 3,000원입니다 ${marks}.`)
      expect(cited).toEqual([1, 2])
      expect(text).toBe('반품은 7일 이내에 하시고 배송비는 3,000원입니다[1][2].')
    },
  )

  test('English keeps a space before the mark', () => {
    const passages = [{ n: 4, text: 'Refunds take 3–5 business days.' }]
    const { text } = checkCitations({ text: 'Refunds take 3 to 5 business days.[4]', passages, lang: 'en' })
    expect(text).toBe('Refunds take 3 to 5 business days [1].')
  })

  test('a number in brackets inside code or a link is no citation', () => {
    const passages = [{ n: 1, text: '자세히: https://a.example 1번 항목. 반품은 7일 이내에 신청하세요.' }]
    const answer = '`items[1]`과 [1](https://a.example)을 보세요. 반품은 7일 이내입니다 [1].'
    const { text, cited } = checkCitations({ text: answer, passages, lang: 'ko' })
    expect(text).toBe('`items[1]`과 [1](https://a.example)을 보세요. 반품은 7일 이내입니다[1].')
    expect(cited).toEqual([1])
  })
})

describe('what is left reads well', () => {
  test('citations are numbered in the order in which they appear', () => {
    const { text, cited } = check(
      '상담은 평일 오전 9시부터입니다 [3]. 배송비는 3,000원입니다 [2]. 전화는 1588-1234입니다 [3].',
    )
    expect(text).toBe(
      '상담은 평일 오전 9시부터입니다[1]. 배송비는 3,000원입니다[2]. 전화는 1588-1234입니다[1].',
    )
    expect(cited).toEqual([3, 2])
  })

  test('a number that no passage has is dropped', () => {
    const { text, dropped, cited } = check('반품은 7일 이내입니다 [1][7].')
    expect(text).toBe('반품은 7일 이내입니다[1].')
    expect(cited).toEqual([1])
    expect(dropped).toEqual([{ sentence: '반품은 7일 이내입니다.', n: 7, reason: 'no such passage' }])
  })

  test('a citation of the wrong passage goes, a true sentence stays', () => {
    const { text, dropped } = check('반품은 7일 이내입니다 [1]. 배송비는 3,000원입니다 [3].')
    expect(text).toBe('반품은 7일 이내입니다[1]. 배송비는 3,000원입니다.')
    expect(dropped.map(({ n, reason }) => [n, reason])).toEqual([[3, 'value not there']])
  })

  test('a sentence with a figure that nobody stated goes as a whole', () => {
    const { text, isSupported } = check(
      '반품은 7일 이내입니다 [1]. 수수료는 2,500원입니다 [1]. 문의는 고객센터로 주세요.',
    )
    expect(text).toBe('반품은 7일 이내입니다[1]. 문의는 고객센터로 주세요.')
    expect(isSupported).toBe(true)
  })

  test('a figure without any source is not shown either', () => {
    expect(check('반품은 7일 이내입니다 [1]. 90% 고객이 만족했습니다.').text).toBe(
      '반품은 7일 이내입니다[1].',
    )
  })

  test('a figure from the question may be repeated', () => {
    const text = '주문 20261125-0001은 반품은 7일 이내에 하실 수 있습니다 [1].'
    expect(check(text).isSupported).toBe(false)
    const asked = checkCitations({
      text,
      passages: PASSAGES,
      lang: 'ko',
      question: '20261125-0001 반품돼요?',
    })
    expect(asked.isSupported).toBe(true)
  })

  test('what its own source denies is not shown', () => {
    const passages = [{ n: 1, text: '개봉한 상품은 반품이 불가능합니다. 반품은 7일 이내에 신청하세요.' }]
    const { text } = checkCitations({
      text: '반품은 7일 이내에 신청하세요 [1]. 개봉한 상품은 반품이 가능합니다 [1].',
      passages,
      lang: 'ko',
    })
    expect(text).toBe('반품은 7일 이내에 신청하세요[1].')
  })

  test('an answer whose citations all fell is not borne out', () => {
    const { isSupported, cited } = check('반품은 30일 이내입니다 [1].')
    expect(isSupported).toBe(false)
    expect(cited).toEqual([])
  })

  test('an answer that cites nothing is not borne out', () => {
    expect(check('잘 모르겠습니다.').isSupported).toBe(false)
    expect(check('').isSupported).toBe(false)
  })

  test('a list keeps its marks, and a false item goes with its bullet', () => {
    const { text } = check(
      '안내해 드릴게요.\n\n- 배송비: 3,000원 [2]\n- 반품 수수료: 9,900원 [1]\n1. 반품은 7일 이내 [1]',
    )
    expect(text).toBe('안내해 드릴게요.\n\n- 배송비: 3,000원[1]\n1. 반품은 7일 이내[2]')
  })

  test('a table stays a table', () => {
    const { text } = check(
      '| 항목 | 금액 |\n|---|---|\n| 배송비 | 3,000원 [2] |\n| 설치비 | 70,000원 [2] |\n\n이상입니다.',
    )
    expect(text).toBe('| 항목 | 금액 |\n|---|---|\n| 배송비 | 3,000원[1] |\n\n이상입니다.')
  })

  test('code is left as it is', () => {
    const code = '```js\nconst a = list[1] // 999원 [9]\n```'
    expect(check(`반품은 7일 이내입니다 [1].\n\n${code}`).text).toBe(`반품은 7일 이내입니다[1].\n\n${code}`)
  })

  test('a list of sources that the model added is left to the one we write', () => {
    const { text } = check('반품은 7일 이내입니다 [1].\n\n출처:\n[1] 반품 안내\n[2] 배송 안내')
    expect(text).toBe('반품은 7일 이내입니다[1].')
  })

  test('a mark does not become part of an address', () => {
    const passages = [{ n: 1, text: '신청: https://shop.example/refund' }]
    const { text } = checkCitations({ text: '신청은 https://shop.example/refund [1]', passages, lang: 'ko' })
    expect(text).toBe('신청은 https://shop.example/refund [1]')
  })
})

describe('for every answer', () => {
  const sentences = [...RIGHT, ...WRONG].map(({ sentence }) => sentence)
  const marks = fc.constantFrom('', ' [1]', '[2]', ' [1][3]', ' [9]', '【2】', ' (출처 3)')
  const answers = fc
    .array(fc.tuple(fc.constantFrom(...sentences), marks, fc.constantFrom('. ', '.\n', '\n- ', '\n\n')), {
      maxLength: 6,
    })
    .map((parts) => parts.map((part) => part.join('')).join(''))

  test('its numbers are the places in the list of cited passages, and a second check changes nothing', () => {
    fc.assert(
      fc.property(answers, (text) => {
        const once = check(text)
        const shown = new Set([...once.text.matchAll(/\[(\d+)\]/g)].map((found) => Number(found[1])))
        expect([...shown].sort()).toEqual(once.cited.map((_, at) => at + 1))
        const renumbered = once.cited.map((n, at) => ({ ...PASSAGES[n - 1]!, n: at + 1 }))
        const rest = PASSAGES.filter(({ n }) => !once.cited.includes(n)).map((passage) => ({
          ...passage,
          n: passage.n + 10,
        }))
        const twice = checkCitations({ text: once.text, passages: [...renumbered, ...rest], lang: 'ko' })
        expect(twice.text).toBe(once.text)
      }),
      { numRuns: 150 },
    )
  })

  test('without marks and figures a text comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('안녕하세요', '네, 알겠습니다', 'e.g. this', '**굵게**', '- 항목', '> 인용'),
        ),
        (parts) => {
          const text = parts.join('\n').trim()
          expect(check(text).text).toBe(text)
        },
      ),
    )
  })
})
