// What a bot must not promise, because only staff can do it: 환불해 드릴게요, "I'll refund you". Such a sentence gives way to
// one that says whose work it is. For the bot's own words; what a person promises is theirs.
import type { Lang } from '../core/error.ts'

const DEEDS =
  '(?:환불|취소|교환|반품|발송|배송|출고|처리|접수|변경|수정|삭제|복구|복원|보상|지급|적립|충전|해제|차단|승인|등록|예약|재발송|수거|연장|해지|결제|입금|발급|재발급|조치|조정|할인|반영|확인|조회)'
const GIVEN = '(?:보내|바꿔|돌려|고쳐|넣어|빼|풀어|지워|찾아|챙겨|옮겨|열어|올려|내려|깎아|살펴)'
const PROMISED = String.raw`(?:드릴\s?(?:게|께|겁니다|거예요|것입니다)|드리겠)`
const KOREAN: readonly RegExp[] = [
  new RegExp(
    String.raw`${DEEDS}(?:을|를|부터|도)?\s?(?:(?:해|하여)\s?)?(?:(?:바로|곧|즉시|먼저)\s)?(?:${PROMISED}|할(?:게|께)|하겠습|해\s?(?:놓|둘|볼|보)(?:게|께|겠))`,
  ),
  new RegExp(String.raw`(?<![가-힣])${GIVEN}\s?${PROMISED}`),
  new RegExp(String.raw`(?:연락|전화|답변|회신|전달)(?:해|을|를)?\s?(?:${PROMISED}|할(?:게|께)|하겠습)`),
]
/** What it does itself, and what it says of people. */
const OWN_KO =
  /담당자|상담[원사]|직원|기사님|고객센터|[팀부]에서|택배사|카드사|판매자|(?:방법|절차|문서|안내|설명|링크|주소)[^.!?]{0,12}(?:보내|찾아|확인|조회)/
const ENGLISH =
  /\b(?:I|we)(?:['’]ll|\s+will|\s+am\s+going\s+to|['’]m\s+going\s+to|\s+are\s+going\s+to|['’]re\s+going\s+to|\s+shall)\s+(?:(?:\w+ly|now|also|then|just|go\s+ahead\s+and|make\s+sure\s+to)\s+)*(?:refund|reimburse|cancel|ship|dispatch|process|replace|exchange|change|update|delete|restore|credit|unlock|unban|reset|issue|call|contact|email|e-mail|escalate|forward|arrange|reschedule|waive|look\s+into|get\s+back)\b/i
const OWN_EN = /\b(?:a|the|our)\s+(?:staff|agent|team|colleague|specialist|person)\b/i

export const INSTEAD: Readonly<Record<Lang, string>> = {
  ko: '이 부분은 담당자가 확인해야 해요.',
  en: 'A staff member has to look at this.',
}

/** What is done, so that a promise and the rule of a page can be told to be of the same. */
const SAME_DEEDS: readonly RegExp[] = [
  /환불|돌려|\b(?:refund|reimburse)/i,
  /취소|\bcancel/i,
  /교환|바꿔|\b(?:exchange|replace)/i,
  /발송|배송|출고|보내|\b(?:ship|dispatch|deliver|send)/i,
  /연락|전화|답변|회신|\b(?:contact|call|e-?mail|get\s+back)/i,
  /적립|지급|보상|\b(?:credit|issue)/i,
  /수거|\b(?:pick\s+up|collect|arrange)/i,
  /수정|변경|고쳐|\b(?:change|update|reschedule)/i,
]
/** Speaks for itself, or of the asker: no page says that. */
const PERSONAL = /제가|고객님의|릴\s?(?:게|께)|할(?:게|께)|\bI\b|\bgo\s+ahead\b/i
const AT_ONCE = /지금|바로|즉시|곧|먼저|\b(?:right\s+away|now|immediately|at\s+once)\b/i
const CONDITION =
  /[가-힣]면(?=[\s,])|경우|[가-힣]\s?(?:후|뒤)(?:에|[\s,])|때|\b(?:if|once|when|after|upon)\b/i
/** A page's own undertaking may also be put as what is done: 환불해 드립니다. */
const UNDERTAKEN_KO = /(?:해|보내|바꿔|돌려|고쳐)\s?(?:드립니다|드려요|드리며|드리고|드리니)/

/** Whether a promise is the rule of the page, said after it: "We will refund … within 5 business days". */
export function isPromisedBy(sentence: string, page: string): boolean {
  const deeds = SAME_DEEDS.filter((deed) => deed.test(sentence))
  if (deeds.length === 0 || PERSONAL.test(sentence)) return false
  return (page.match(SENTENCE) ?? []).some(
    (rule) =>
      (isPromise(rule) || UNDERTAKEN_KO.test(rule)) &&
      deeds.every((deed) => deed.test(rule)) &&
      (!AT_ONCE.test(sentence) || AT_ONCE.test(rule)) &&
      // Without its condition it is another promise.
      (!CONDITION.test(rule) || CONDITION.test(sentence)),
  )
}

/** Also without its end: of a text that grows, nobody shall read the promise first. */
const SENTENCE = /[^.!?。！？\n]+(?:\.(?=\S)[^.!?。！？\n]+)*[.!?。！？~]*(?:\s?\[\d+\])*/g
const MARK = /^\s*(?:[-*+•]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?/

export function isPromise(sentence: string): boolean {
  const own = sentence.replace(/"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`/g, ' ')
  const isKorean = !OWN_KO.test(own) && KOREAN.some((pattern) => pattern.test(own))
  return isKorean || (ENGLISH.test(own) && !OWN_EN.test(own))
}

/**
 * The first promise gives way to what is true, further ones to nothing. Code stays as it is, and so does what `isRule`
 * says of: no promise of the bot's.
 */
export function withoutPromises(
  text: string,
  lang: Lang,
  isRule: (sentence: string) => boolean = () => false,
): { text: string; promises: number } {
  let promises = 0
  const parts = text.split(/(```[\s\S]*?(?:```|$))/)
  const kept = parts.map((part, at) => {
    if (at % 2 === 1) return part
    return part.replace(SENTENCE, (sentence) => {
      if (!isPromise(sentence) || isRule(sentence)) return sentence
      promises += 1
      const mark = MARK.exec(sentence)![0]
      return promises === 1 ? mark + INSTEAD[lang] : ''
    })
  })
  if (promises === 0) return { text, promises }
  return {
    text: kept
      .join('')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    promises,
  }
}
