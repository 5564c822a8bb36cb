// What a bot without access to orders and accounts can neither look up nor say: whether a question is about the asker's own
// case ("제 주문 어디쯤 왔어요?", "where is my order?"), and which sentences of an answer pretend to know its state.

const OWN_KO =
  /(?:^|[\s,.!?~])(?:제|내|제가|내가|저희|우리)\s[^.!?\n]{0,14}(?:주문|택배|배송|상품|물건|소포|결제|환불|반품|교환|취소|예약|구독|계정|적립금|포인트)/
const STATE_KO =
  /어디(?!서|에서)|어느\s?쯤|언제(?!까지|부터)|상태|왔|와\s?있|오고\s?있|도착|출발|출고됐|출고되었|아직|여태|안\s?(?:왔|와요|오네|오고|됐|되고|돼요|들어)|왜|됐(?:나|는|어|습|을)|되었(?:나|는|어|습|을)|되고\s?있|들어왔|빠져나|처리\s?중|조회(?:해|\s?좀)|확인\s?(?:해|좀|부탁)/
/** Says what it wants to know in general, not what became of its own. */
const GENERAL_KO = /어떻게|방법|하려면|하고\s?싶|(?:수|도)\s?(?:있|되)나요|수\s?있(?:어|을)|규정|조건|기준/
const NUMBER_KO = /(?:주문|송장|운송장|예약|접수)\s?번호(?:는|가|:|：)?\s?#?(?=[A-Z0-9-]*\d)[A-Z0-9-]{5,}/i
const LATE_KO =
  /(?:주문|결제|구매)한\s?(?:지|게|거|것|상품|물건)[^.!?\n]{0,24}(?:안\s?(?:왔|와|오)|아직|언제(?!까지|부터)|어디)/

const OWN_EN =
  /\b(?:my|our)\s+(?:\w+\s+)?(?:order|package|parcel|shipment|delivery|payment|refund|return|exchange|account|subscription|booking)\b/i
const STATE_EN =
  /\bwhere(?:['’]?s|\s+is|\s+are)\b|\bstatus\b|\btrack(?:\s+down)?\s+my\b|\bstill\s+(?:not|has|have|pending|waiting|processing)\b|\b(?:has|have|did|was|is)(?:n['’]?t| not)\b[^.!?\n]{0,30}\b(?:arriv|receiv|come|ship|deliver|process|show|refund|here)|\bnot\s+(?:yet\s+)?(?:arrived|received|shipped|here)\b|\bwhen\s+(?:will|is|does|do)\b|\bwhy\s+(?:was|is|has|did|hasn['’]?t)\b|\b(?:has|was|did|is)\s+my\b/i
const GENERAL_EN = /\bhow\s+(?:do|can|to|long)\b|\bcan\s+I\b|\bwhat\s+if\b/i
const NUMBER_EN =
  /\b(?:order|tracking|booking)\s*(?:no\.?|number|id|#)\s*(?:is|:)?\s*#?(?=[A-Z0-9-]*\d)[A-Z0-9-]{5,}/i

/** When unsure, no: a question for the documents is answered from them either way. */
export function asksOwnCase(text: string): boolean {
  const said = text.normalize('NFC').trim()
  if (said.length > 500) return false
  if (NUMBER_KO.test(said) || NUMBER_EN.test(said)) return true
  if (LATE_KO.test(said) && !GENERAL_KO.test(said)) return true
  const isKorean = OWN_KO.test(said) && STATE_KO.test(said) && !GENERAL_KO.test(said)
  return isKorean || (OWN_EN.test(said) && STATE_EN.test(said) && !GENERAL_EN.test(said))
}

const UPSET =
  /화(?:가\s?(?:나|납|난)|나요|나네|났)|짜증|어이\s?(?:가\s?)?없|황당|최악|불쾌|실망|엉망|너무하(?:네|시|잖|는|다)|너무한|장난\s?(?:하|치)|무책임|속\s?터|열\s?받|항의|컴플레인|두\s?번\s?다시|다시는\s?안|\b(?:terrible|awful|horrible|unacceptable|ridiculous|disappoint(?:ed|ing)|worst|fed\s+up|furious|angry|outrageous|frustrat(?:ed|ing)|a\s+joke|sick\s+of)\b/i

/** Words of somebody who may be complaining; whether they do is for the model to say. */
export function soundsUpset(text: string): boolean {
  return UPSET.test(text.normalize('NFC'))
}

const CASE_KO =
  /(?:고객님|회원님)(?:의|께서|이|은|께)?\s|(?:주문|구매|결제|요청|신청|접수|예약)하신\s|해당\s(?:주문|상품|택배|건)|(?:이|현재)\s(?:주문|택배|배송)/
const IS_KO =
  /(?:배송|이동|준비|처리|확인|검토|진행|보관|포장|환불|취소)\s?중(?:이에요|입니다|이며|이고|이라|인\s?것)|(?:출고|발송|배송|도착|취소|환불|처리|접수|완료|승인|확인|입금|적립|결제|반송|지연)(?:이|가)?\s?(?:완료)?(?:됐|되었|했|되어\s?있|돼\s?있|되고\s?있)|(?:도착|배송|출고|환불|처리)(?:할|될)\s?예정/
const IF_KO =
  /(?:으|다|라|되|하|이)면(?![가-힣]*요\b)|다는\s|[은신한된난]\s?(?:뒤|다음(?!\s?(?:주|날|달))|후)(?:에|부터)?,?\s[^.!?\n]*(?:수\s?있|가능|세요|십시오|돼요|됩니다|드려요|드립니다)|경우|[을를ㄹ] 때|때(?:는|에는)|이후|뒤에|다음에|까지는|아직 .*전/
const IS_EN =
  /\byour\s+(?:\w+\s+)?(?:order|package|parcel|shipment|delivery|payment|refund|return|account|subscription)\b[^.!?\n]{0,50}?\b(?:has(?:\s+\w+)?\s+(?:been\s+)?\w+ed\b|has(?:\s+been)?\s+(?:sent|paid|left)|is\s+(?:currently|now|already|on\s+its|out\s+for|in\s+transit|being|scheduled|delayed|ready)|was\s+(?:\w+ed|sent|paid)|(?:will|should)\s+(?:arrive|be\s+\w+ed)\s+(?:today|tomorrow|tonight|soon|shortly|on|by\s+(?:today|tomorrow|tonight|noon|the\s+end|next|this|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)))/i
const IF_EN = /\b(?:if|when|once|after|until|unless|as\s+soon\s+as|before)\b/i
const SENTENCE =
  /[^.!?。！？\n]+(?:\.(?=\S)[^.!?。！？\n]+)*[.!?。！？~]*(?:\s?\[\d+\])*(?:\.(?=\s|$))?[ \t]*/g

/** "Ready to ship within 24 hours of payment"; what "has been shipped within a day of payment" is no rule. */
const WITHIN_EN = /\bwithin\b[^.!?\n]{1,30}\bof\b/i
const DONE_EN = /\b(?:has|have|had|was|were)\b/i

export function statesOwnCase(sentence: string): boolean {
  if (CASE_KO.test(`${sentence} `) && IS_KO.test(sentence) && !IF_KO.test(sentence)) return true
  const isRule = IF_EN.test(sentence) || (WITHIN_EN.test(sentence) && !DONE_EN.test(sentence))
  return IS_EN.test(sentence) && !isRule
}

const SAME_WORDS = 0.85

/** Whether a page has the sentence nearly word for word: then it is no guess. */
export function standsIn(sentence: string, page: string): boolean {
  const own = wordsIn(sentence)
  // A page that tells of a message quotes it: those words say nothing of anybody's order.
  return (page.match(SENTENCE) ?? []).some((theirs) => {
    if (own.size === 0 || /["“”‘’「」]/.test(theirs)) return false
    const words = wordsIn(theirs)
    const both = [...own].filter((word) => words.has(word)).length
    return both >= SAME_WORDS * Math.max(own.size, words.size)
  })
}

function wordsIn(text: string): Set<string> {
  return new Set(
    text
      .replace(/\[\d+\]/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  )
}

/**
 * Without the sentences that say what became of the asker's own order, which nobody has looked up. `isRule`: of those
 * that hold for everybody although they sound like it.
 */
export function withoutOwnStates(
  text: string,
  isRule: (sentence: string) => boolean = () => false,
): { text: string; guesses: number } {
  let guesses = 0
  const kept = text.replace(SENTENCE, (sentence) => {
    if (!statesOwnCase(sentence) || isRule(sentence)) return sentence
    guesses += 1
    return ''
  })
  return guesses === 0 ? { text, guesses } : { text: kept.replace(/\n{3,}/g, '\n\n').trim(), guesses }
}
