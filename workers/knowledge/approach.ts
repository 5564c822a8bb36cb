// How somebody is met whom the documents alone do not serve: who asks about their own order, who complains, who wants a
// person, and who advertises. What the bot cannot see or do is said first, in one sentence with the way to a person.
import type { Both, Lang } from '../../src/core/error.ts'
import type { GroundFacts } from './grounding.ts'

const SORRY: Both = {
  ko: '불편을 드려 정말 죄송합니다.',
  en: 'I’m really sorry about the trouble.',
}
const NO_SIGHT: Both = {
  ko: '주문이나 계정 내용은 제가 직접 볼 수 없어요. 확인이 필요하시면 아래 ‘상담원 연결’을 눌러 주세요.',
  en: 'I can’t look into orders or accounts from here. To have yours checked, press “Talk to a person” below.',
}
const OFFER: Both = {
  ko: '담당자와 이야기하고 싶으시면 아래 ‘상담원 연결’을 눌러 주세요.',
  en: 'If you’d rather talk to someone on our team, press “Talk to a person” below.',
}
const TELL_US: Both = {
  ko: '‘상담원 연결’을 눌러 주시면 담당자가 직접 살펴볼 수 있어요. 어떤 점이 불편하셨는지 적어 주셔도 좋아요.',
  en: 'Press “Talk to a person” below and someone on our team can look into it. You can also tell me here what went wrong.',
}
const CALLING: Both = { ko: '담당자를 불러 드릴게요.', en: 'I’m calling someone for you.' }

/** To advertising and nonsense, once. */
export const NOT_FOR_US: Both = {
  ko: '이곳에서는 상품과 서비스 이용에 관한 질문을 도와드리고 있어요. 궁금한 점이 있으면 편하게 물어봐 주세요.',
  en: 'I can only help with questions about our products and services here. If you have one, just ask.',
}

export interface Approach {
  /** Stands above the answer; '' for an ordinary question. */
  first: string
  /** For the model, after its other rules; null = nothing to add. */
  rule: string | null
  /** What is said where the documents have nothing; null = that they have nothing. */
  instead: string | null
}

const PLAIN: Approach = { first: '', rule: null, instead: null }
const SORRY_RULE =
  'The person is upset. An apology and the way to a person stand above your answer already: repeat neither. Be considerate and to the point.'
const ORDER_RULE =
  'The person asks about their own order, payment or account. You cannot see it, and they have been told so, and how to reach a person: repeat neither. Write only what holds for everybody, out of the passages where there are any. Write nothing about the state of their own case, and do not guess when it will change.'

/** `isCalled`: a person is called for them anyway. */
export function approachOf({ intent, mood }: GroundFacts, lang: Lang, isCalled: boolean): Approach {
  const isUpset = intent === 'complaint' || mood === 'angry'
  const say = (...parts: Both[]): string => parts.map((part) => part[lang]).join(' ')
  if (intent === 'order') {
    const first = mood === undefined || mood === 'calm' ? say(NO_SIGHT) : say(SORRY, NO_SIGHT)
    return { first, rule: ORDER_RULE, instead: first }
  }
  if (isUpset) {
    const instead = isCalled ? say(SORRY, CALLING) : say(SORRY, TELL_US)
    return { first: isCalled ? say(SORRY) : say(SORRY, OFFER), rule: SORRY_RULE, instead }
  }
  return intent === 'person' ? { ...PLAIN, instead: OFFER[lang] } : PLAIN
}

/** Nobody has looked their order up: whoever complains mostly means their own too. */
export function isOwnCase({ intent }: GroundFacts): boolean {
  return intent === 'order' || intent === 'complaint'
}

/** Everything that is said for want of an answer, so that a second time in a row is noticed. */
export function isInstead(text: string): boolean {
  const kinds: GroundFacts[] = [
    { intent: 'order' },
    { intent: 'order', mood: 'annoyed' },
    { intent: 'complaint' },
    { intent: 'person' },
  ]
  return (['ko', 'en'] as const).some((lang) =>
    kinds.some((facts) => approachOf(facts, lang, false).instead === text),
  )
}
