// What of the model's words a customer reads under which sources.
import { describe, expect, test } from 'vitest'
import { checkCitations } from '../../../src/knowledge/citations.ts'
import type { Finding } from '../../../src/knowledge/model.ts'
import { keepHosts, keepHostsGrowing } from '../../../src/text/links.ts'
import { INSTEAD } from '../../../src/text/promises.ts'
import { checkedAnswer } from '../../../workers/knowledge/checked.ts'
import type { GroundFacts } from '../../../workers/knowledge/grounding.ts'
import { hostsOf, quotesOf } from '../../../workers/knowledge/sources.ts'

const pageOf = (text: string, at: number): Finding => ({
  chunk: {
    ...{
      id: `${at}`,
      document: `d${at}`,
      collection: 'c1',
      title: `Page ${at + 1}`,
      headings: [],
      url: null,
    },
    ...{ text, translation: null },
  } as unknown as Finding['chunk'],
  ...{ score: 1, similarity: null },
})

function check(text: string, pages: string[], lang: 'ko' | 'en', facts: GroundFacts = {}) {
  const ground = { type: 'passages' as const, passages: pages.map(pageOf), facts }
  const checked = checkedAnswer(text, ground, { checkCitations, keepHosts, keepHostsGrowing }, lang)
  return checked?.shown ?? null
}

const REFUND_EN = 'We will refund the original payment method within 5 business days.'
const REFUND_KO = '반품 상품이 도착하면 3영업일 안에 환불해 드리겠습니다.'
const SIZES = 'Sizes run small: take one size up.'

describe('what a page undertakes is said after it', () => {
  test.each([
    ['en', 'We will refund the original payment method within 5 business days [1].', REFUND_EN],
    ['ko', '반품 상품이 도착하면 3영업일 안에 환불해 드리겠습니다[1].', REFUND_KO],
    ['en', 'Once the returned item arrives, we will refund you within 3 business days [1].', REFUND_KO],
    ['ko', '결제하신 수단으로 5영업일 안에 환불해 드리겠습니다[1].', REFUND_EN],
    ['ko', '불량이면 새 상품으로 교환해 드리겠습니다[1].', '불량 상품은 새 상품으로 교환해 드립니다.'],
  ] as const)('%s: %s', (lang, sentence, page) => {
    const shown = check(sentence, [page], lang)
    expect(shown).toContain(sentence)
    expect(shown).toMatch(/1\. Page 1$/)
  })
})

describe('what the bot promises by itself gives way', () => {
  test.each([
    ['en', 'I will refund the original payment method within 5 business days [1].', REFUND_EN],
    ['en', 'We will refund you right away [1].', REFUND_EN],
    ['en', 'We will refund your order [1].', 'Orders can be refunded within 7 days.'],
    ['ko', '반품 상품이 도착하면 3영업일 안에 환불해 드릴게요[1].', REFUND_KO],
    ['ko', '3영업일 안에 환불해 드리겠습니다[1].', REFUND_KO],
    ['ko', '반품 상품이 도착하면 교환해 드리겠습니다[1].', REFUND_KO],
  ] as const)('%s: %s', (lang, sentence, page) => {
    expect(check(sentence, [page], lang)).toBe(INSTEAD[lang])
  })
})

test('a source that only a promise cited goes with it, and the rest are numbered anew', () => {
  const answer = 'We will refund you today, as `list[1]` says [2]. Take one size up [1]. Sizes run small [1].'
  expect(check(`We will cancel it now [2]. ${answer}`, [SIZES, REFUND_EN], 'en')).toBe(
    `${INSTEAD.en} Take one size up [1]. Sizes run small [1].\n\n**Sources**\n1. Page 1`,
  )
})

describe('the message that a page was added by is its source, and opens no link to anything else there', () => {
  const pageAt = (url: string, link: string): Finding => {
    const page = pageOf(`환불은 3영업일 걸려요. 가입: ${link}`, 0)
    return { ...page, chunk: { ...page.chunk, url } }
  }
  const answered = (url: string, link: string): string =>
    checkedAnswer(
      `환불은 3영업일 걸려요 [1]. 가입: ${link} [1].`,
      { type: 'passages', passages: [pageAt(url, link)], facts: {} },
      { checkCitations, keepHosts, keepHostsGrowing },
      'ko',
    )!.shown

  test.each([
    ['https://discord.com/channels/1/2/3', 'https://discord.com/invite/scam'],
    ['https://haneul.slack.com/archives/C1/p1760000000000100', 'https://haneul.slack.com/join/scam'],
    ['https://slack.com/archives/C1', 'https://slack.com/scam'],
    ['https://app.slack.com/client/T1/C1', 'https://app.slack.com/scam'],
  ])('%s', (url, scam) => {
    const shown = answered(url, scam)
    expect(shown).not.toContain('scam')
    expect(shown).toContain(`1. [Page 1](${url})`)
    const page = pageAt(url, scam)
    const quotes = quotesOf([page], 'ko', (words) => keepHosts(words, hostsOf([page])))
    expect(quotes).toContain(`[Page 1](${url})\n> 환불은 3영업일 걸려요. 가입: …`)
  })

  test.each(['https://shop.example/help', 'https://slack.com/help/articles/1'])(
    'a page’s does: %s',
    (url) => {
      expect(answered(url, new URL('/more', url).href)).toContain('/more')
    },
  )
})

test.each(['order', 'complaint'] as const)(
  'nobody who asks or complains (%s) is told a guess about their order',
  (intent) => {
    const answer = '고객님의 주문은 현재 배송 중이에요 [1]. 배송은 이틀 걸려요 [1].'
    expect(check(answer, ['배송은 이틀 걸려요.'], 'ko', { intent })).toMatch(/^배송은 이틀 걸려요 ?\[1\]\.\n/)
  },
)

test('a page’s own sentence is no guess about somebody’s order', () => {
  const rule = 'Your order is now always scheduled for the next working day.'
  const answer =
    'Your order is now always scheduled for the next working day [1]. Your order has been shipped [1].'
  const shown = check(answer, [`${rule} Orders are shipped daily.`], 'en', { intent: 'order' })
  expect(shown).toMatch(/^Your order is now always scheduled for the next working day \[1\]\.\n/)
})
