// Reads what a message does in the conversation: thanks, an unfinished thought, a wish for a person or to be forgotten.
// Rules by word lists, so that no model call stands before them; when unsure, they choose what harms nobody.
import { openFence } from './fences.ts'

type Reaction = '😊' | '👍'

const THANKS_KO = `감사(?:합니다|해요|드립니다|드려요|드리겠습니다|요|염|욤|용|함다|합니당|해용|했습니다|했어요|함)?|캄사합니다|감삼다
  |고마워(?:요|용)?|고맙(?:습니다|다|네요|구만)|땡큐|쌩유|탱큐|ㄱㅅ요?|ㄳ요?
  |수고(?:하세요|하셨습니다|하셨어요|많으셨습니다|많으셨어요|요)?|최고(?:예요|에요|입니다|다)?|복받으세요|좋은하루(?:되세요|보내세요)`
const AGREEMENT_KO = `네|넵|넹|넴|넨|냅|녜|옙|예|예썰|응|웅|ㅇㅇ|ㅇㅋ요?|ㅇㅋㄷㅋ|오케이?(?:요)?|오키(?:도키|요)?|굿|굳|그래(?:요)?
  |그렇(?:군요|구나|네요)|아하|알겠(?:습니다|어요|음|슴다|습니당|어용|네요)|알았(?:어요|어|습니다|음|네요)|확인(?:했습니다|했어요|했음|함|완료|요|됐습니다|됐어요|되었습니다)?
  |이해(?:했습니다|했어요|됐습니다|됐어요|함|완료|가됐어요|가됩니다)|해결(?:됐어요|됐습니다|되었습니다|했어요|했습니다|됨|완료)|됐(?:어요|습니다|네요|다)|되네요|됩니다
  |좋(?:아요|습니다|네요|아)|완벽(?:해요|합니다|하네요)|괜찮(?:아요|습니다)|도움(?:이)?(?:많이)?(?:됐어요|됐습니다|되었습니다|되었어요)`
const FILLER_KO = `아|오|와|우와|앗|헉|정말|진짜|너무|매우|대단히|많이|잘|이제|덕분에|덕분입니다|항상|늘|모두|다들|아니요|아뇨|아니에요|일단|그럼
  |친절하게|친절히|(?:친절한|빠른|상세한|자세한)?(?:답변|안내|설명|도움|대응|조언)|(?:빨리|빠르게|자세히)?(?:알려|도와|답변해|설명해|안내해|확인해|처리해)(?:주셔서|줘서)`
const THANKS_EN = `thank(?:s| you| u|you)(?: (?:so much|very much|a lot|a ton|a bunch|again|in advance|anyway))*|many thanks|thx|tnx|thanx|ty|tysm|tyvm
  |cheers|(?:i )?(?:really )?appreciate (?:it|that|this|the help|your help)|much appreciated|you(?:'re| are) (?:the best|awesome|great|a lifesaver|amazing)`
const AGREEMENT_EN = `ok(?:ay|ey|ie|i)?|k{1,2}|alright|all right|all good|got it|gotcha|i see|understood|noted|roger|lgtm|will do|sure|yes|yep|yeah|yup|right|great|perfect|awesome|nice(?: one)?
  |cool|good|excellent|amazing|wonderful|brilliant|lovely|(?:that|it|this)(?:'s| is| was) (?:great|perfect|awesome|good|helpful|all|fine|it|clear)|(?:that |it )?work(?:s|ed)(?: now| great| fine)?
  |that help(?:s|ed)(?: a lot)?|(?:it's )?(?:solved|fixed)(?: now)?|no problem|np|no worries|sounds good|makes sense|very helpful`
const FILLER_EN = `oh|ah|wow|and|so much|for (?:the|your|all the|all your) (?:quick |fast |great )?(?:help|reply|response|answer|support|info)|for (?:helping|that|everything|replying|explaining)|guys|everyone|all|team|man|mate|again|then`

const LAUGHTER = /^(?:ㅋ+|ㅎ+|하하+|헤헤|(?:ha){2,}h?|lol|lmao)$/i
const GLAD_EMOJI = /👍|👌|🙏|🙇|🙌|👏|💯|✅|🆗|🎉|😊|🙂|😀|😄|😁|😃|🥰|😍|🤗|🫡|🫶|❤|💕|💖|♥|😆|😂|🤣|☺|💪/gu
const GLAD_SHORTCODE =
  /:(?:\+1|thumbsup|ok_hand|pray|bow|raised_hands|clap|heart|blush|smile|tada|100|white_check_mark|slightly_smiling_face|ok):/g
const EMOJI_DRESS = /[\uFE0F\u200D]|[\u{1F3FB}-\u{1F3FF}]|(?<=[🙇🙋])[♀♂]/gu
const DECORATION = /[\s.!~,…·^*♡ㅎㅋㅠㅜ]|:\)+|:D|;\)|\^\^|<3/g

// No item of a list may be made of other items: under the outer repetition that would match in exponential time.
const ACK_KO = acknowledgement([THANKS_KO, AGREEMENT_KO], FILLER_KO, '')
const ACK_EN = acknowledgement([THANKS_EN, AGREEMENT_EN], FILLER_EN, ' ')
const HAS_THANKS = new RegExp(`${alternatives(THANKS_KO)}|\\b${alternatives(THANKS_EN)}\\b`, 'i')

function alternatives(list: string): string {
  return `(?:${list.replace(/\n\s*/g, '')})`
}

function acknowledgement(cores: string[], filler: string, gap: string): RegExp {
  const any = [...cores, filler].map(alternatives).join('|')
  const core = cores.map(alternatives).join('|')
  return new RegExp(`^(?:(?:${any})${gap})*(?:${core})${gap}(?:(?:${any})${gap})*$`, 'i')
}

/** "감사합니다", "넵", "thanks!", 👍: words that close a matter. They get a reaction at most, never an answer. */
export function isAcknowledgement(text: string): boolean {
  const bare = text.trim().replace(GLAD_SHORTCODE, '👍').replace(EMOJI_DRESS, '')
  // The length also bounds the matching time.
  if (bare === '' || bare.length > 80 || /[?？]/.test(bare)) return false
  const words = bare
    .replace(GLAD_EMOJI, ' ')
    .trim()
    .replace(/^[가-힣]{1,6}님(?=[\s,~!]|감사|고마|고맙|수고)/, '')
  return (
    words === '' || LAUGHTER.test(words.replace(/[\s.!~]/g, '')) || isAckKorean(words) || isAckEnglish(words)
  )
}

function isAckKorean(words: string): boolean {
  // "ㅇㅋ" and "ㄱㅅ" must not lose their jamo with the "ㅋㅋ" that decorates.
  return ACK_KO.test(words.replace(/[\s.!~,…^]|:\)/g, '')) || ACK_KO.test(words.replace(DECORATION, ''))
}

function isAckEnglish(words: string): boolean {
  const spoken = words.replace(/’/g, "'").replace(/:\)+|:D|<3|[.!~,…^]|[ㅎㅋㅠㅜ]{2,}/g, ' ')
  return ACK_EN.test(`${spoken.trim().replace(/\s+/g, ' ')} `)
}

const GREETING =
  /^(?:안녕(?:하세요|하십니까|하신가요)?|반가워요|반갑습니다|처음 ?뵙겠습니다|하이|헬로|여보세요|저기요|계세요|hello|hi|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|howdy)(?: ?(?:there|everyone|여러분|담소|봇))?$/i
const ABOUT_YOU =
  /^(?:(?:너|넌|당신|이 ?봇)(?:은|는)? ?)?(?:누구(?:세요|야|예요|신가요|니)|(?:뭐|무엇|뭘|무슨 ?일)(?:을|를)? ?(?:할 ?수 ?있(?:어|어요|나요|니|습니까)|해 ?줄 ?수 ?있(?:어|어요|나요))|사람(?:이야|이에요|인가요|이세요)|who are you|what (?:can|do) you do|are you (?:a )?(?:human|bot|real))$/i

/** "안녕하세요", "Hi there!", "뭐 할 수 있어요?": answered briefly, with nothing to look up. */
export function isGreeting(text: string): boolean {
  const bare = text
    .replace(/(?:[\p{Extended_Pictographic}~!?.,…^ㅎㅋ]|\uFE0F)+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return bare.length <= 60 && (GREETING.test(bare) || ABOUT_YOU.test(bare))
}

const POINTS_BACK =
  /^(?:그럼|그러면|그렇다면|그런데|근데|그리고|그건|그거|그게|그걸|그것|그때|그중|그 |거기|이건|이거|이게|저건|저거|아니면|혹시 (?:그|이)|then|and|but|or|so|what about|how about|also|is it|does it|can it|will it|was it|are they|do they|it|that|those|these|they|there)(?=[\s,?.!]|$|[가-힣])|[가-힣a-z0-9)](?:은|는|도|이?라면|(?:으)?로는|에서는|에는)요\s*[?？]*$/i

/** "그럼 제주도는요?", "And for gift orders?": only what was said before tells what is asked. */
export function pointsBack(text: string): boolean {
  return POINTS_BACK.test(text.trim())
}

/** The emoji to react with: 😊 to thanks, 👍 to agreement, nothing to laughter or to a bare emoji. */
export function ackReaction(text: string): Reaction | null {
  if (!isAcknowledgement(text)) return null
  if (HAS_THANKS.test(text.replace(/\s+/g, ' '))) return '😊'
  return /[a-z가-힣]|ㅇ[ㅇㅋ]/i.test(text.replace(/:[a-z0-9_+]+:/g, '')) && !LAUGHTER.test(text.trim())
    ? '👍'
    : null
}

const OPENER_KO = `안녕(?:하세요|하십니까|하세용|하셔요|하세여)?|하이|ㅎㅇ|헬로우?|저기요?|여보세요|계세요|계신가요|누구(?:없나요|계신가요)|혹시(?:요)?|있잖아요?
  |(?:혹시)?(?:뭐)?(?:하나|한가지|간단한)?(?:질문|문의|여쭤볼게|물어볼게|궁금한게|궁금한점이)(?:이|하나|좀)*(?:있(?:어요|습니다|는데요?|어서요)|드립니다|드려요|드릴게요|드려도될까요|해도될까요|할게요|합니다)?
  |(?:뭐|하나)*(?:좀|만)*(?:물어봐도|여쭤봐도|질문해도)(?:되나요|될까요|돼요|되요)|도와주세요|도움이필요해요|도와주실수있나요|수고(?:하십니다|많으십니다|많으세요)|반갑습니다
  |죄송한데요?|죄송하지만|실례합니다|실례지만|다름이아니라|급해요|[가-힣]{1,6}님|고객센터죠`
const OPENER_EN = `h(?:i|ey|ello|iya)(?: there| again| team| all| everyone| guys| folks)*|yo|good (?:morning|afternoon|evening|day)|(?:i (?:have|had|got) |got |just )?(?:a |one |another |quick )*question(?: for you)?s?
  |(?:can|could|may) i ask(?: you)?(?: something| a (?:quick )?question)?|(?:is )?any(?:one|body) (?:there|here|around)|(?:are )?(?:you|u) there|(?:please )?help(?: me)?(?: please| pls)?|(?:i )?need (?:some |your )?help(?: please)?
  |(?:can|could) (?:you|someone|anyone|somebody) (?:please )?help(?: me)?(?: out)?|excuse me|sorry to bother(?: you)?|hope (?:you're|you are|all is) (?:well|good)|how are you|one (?:more )?thing|sorry|please`
const OPENERS_KO = new RegExp(`^(?:${alternatives(OPENER_KO)})+$`)
const OPENERS_EN = new RegExp(`^(?:${alternatives(OPENER_EN)} )+$`, 'i')

const DANGLING_KO =
  /(?:는데|은데|인데|던데|한데)(?:요|여|용)?$|(?:고|고요|지만|니까|라서|어서|아서|해서|려고|다가|거든요?|길래|면서|으면|하면|되면|그리고|그런데|근데|그래서|때문에)$/
const COMPLAINT_KO =
  /(?:^|\s)(?:안|못)\s?\S|없|않|모르|오류|에러|실패|이상|잘못|왜|언제|어떻게|어디|얼마|뭐|무슨|누가|몇/
const FINISHED_KO =
  /(?:요|여|용|다|까|죠|쥬|나|냐|니|가|줘|음|함|됨|임|셈|네|지|해|돼|야|자|래|게|데|듯|ㅇ?ㅁ|어|아|워|와|봐|마)$/
const TOPIC_KO =
  /\s(?:방법|문의|가격|기간|여부|시간|위치|주소|비용|정책|절차|조건|요청|부탁|취소|확인|변경|추천|순서|차이|이유|원인|해결|해결법|주세염)$/
const FRAGMENT_KO =
  /(?:^|\s)(?:제가|저는|내가|나는|저희가|우리가|어제|오늘|아까|방금|그게|이게|근데|혹시|지금|저희|일단|그러니까|아니)$/

const ASKING_EN =
  /^(?:(?:so|and|but|ok|also|hi|hey|hello|um),? )*(?:where|what|when|why|who|which|how|is|are|am|was|were|do|does|did|can|could|will|would|should|has|have|any|wheres|whats|hows|cancel|refund|reset|show|tell|translate|explain|give|send|change|update|check|please|find|summari[sz]e|write|make|stop|remove|delete|list|compare|track|connect)\b/i
const DANGLING_EN =
  /(?:^|\s)(?:and|but|so|because|cause|the|a|an|to|my|is|with|for|of|i|when|if|that|in|on|at|or|your|then|about|from|was|are|it|also|like)$/i
const COMPLAINT_EN =
  /\b(?:not|no|never|error|broken|fail(?:s|ed)?|wrong|missing|crash(?:es|ed)?|stuck|late|refused)\b|n't\b|\b(?:cant|doesnt|wont|didnt|isnt)\b/i

/**
 * Whether a message can be answered as it stands. A greeting, a name called or half a sentence is not complete: its
 * writer is still typing. A question needs no question mark ("배송 언제 오나요").
 */
export function looksComplete(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed === '' || openFence(trimmed)) return false
  if (isAcknowledgement(trimmed) || trimmed.length >= 200) return true
  const prose = trimmed
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/<?https?:\S+/g, ' ')
    .replace(/<[@#][^>]*>/g, ' ')
    .trim()
  const said = prose.replace(/(?:[\s~!.…^;:)ㅠㅜㅋㅎ\p{Extended_Pictographic}-]|\uFE0F)+$/u, '')
  if (!/[\p{L}\p{N}]/u.test(said) || isOpener(said.replace(/[?？]+$/, ''))) return false
  if (/[?？]$/.test(said)) return true
  if (/(?:\.\.+|…|,|:)\s*$/.test(prose) && prose.length < 80) return false
  if (/[가-힣]/.test(said.slice(-2))) return finishedKorean(said)
  return /[a-z0-9'"]$/i.test(said) && !/[가-힣]/.test(said) ? finishedEnglish(said, prose) : true
}

function isOpener(said: string): boolean {
  if (said.length > 60) return false
  const korean = said.replace(/[\s.!~,…ㅎㅋㅠㅜ^?]/g, '')
  const english = said
    .replace(/[.!~,…?]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return OPENERS_KO.test(korean) || OPENERS_EN.test(`${english} `)
}

function finishedKorean(said: string): boolean {
  if (FRAGMENT_KO.test(said)) return false
  if (DANGLING_KO.test(said)) return COMPLAINT_KO.test(said) && /요$|데$/.test(said)
  return FINISHED_KO.test(said) || TOPIC_KO.test(said)
}

function finishedEnglish(said: string, prose: string): boolean {
  if (DANGLING_EN.test(said)) return false
  const words = said.split(/\s+/).length
  if (ASKING_EN.test(said)) return words >= 2
  return words >= 4 || COMPLAINT_EN.test(said) || (words >= 2 && /[.!]$/.test(prose))
}

const NOT_A_REQUEST_KO = /어떻게|방법|어디서|언제|왜|지\s?(?:마|말)|했(?:어|는|던|나|습)|버렸/
const ABOUT_ME_KO = '(?:내|제|저의|나의|우리|저희|나에\\s?대한|저에\\s?대한|저장된|지금까지(?:의)?)'
const RECORD_KO = '(?:개인\\s?정보|정보|데이터|대화|기록|메시지|얘기|이야기|내용|거|것|게)'
const WIPE_KO =
  '(?:지워|삭제해?|없애|파기해?|잊어)\\s?(?:줘|주세요|주라|줄래|줄\\s?수|달라|주시|주실|부탁|요청|바랍니다|바라요|드려요)'
const FORGET_KO = new RegExp(
  [
    `(?:^|[\\s,])${ABOUT_ME_KO}\\s?(?:${RECORD_KO}(?:를|을|은|는|도|들|랑|하고|이랑)?\\s?)+(?:(?:좀|다|전부|모두|싹|이제|그만|완전히)\\s?)*${WIPE_KO}`,
    `^\\s*(?:이제\\s?|제발\\s?|그냥\\s?)*(?:개인\\s?정보|대화\\s?기록)(?:를|을|은|도)?\\s?(?:(?:좀|다|전부|모두|싹)\\s?)*${WIPE_KO}`,
    `^\\s*(?:(?:이제|그만|제발|그냥|좀)\\s?)*(?:(?:나|날|저|절|우리)(?:를|을)?\\s?|(?:나|저)에\\s?(?:대해서?|대한\\s?(?:거|건|것|걸|모든\\s?것))(?:을|를)?\\s?)?(?:(?:좀|다|전부|모두|그만|이제)\\s?)*잊어\\s?(?:줘|주세요|주라|줄래|달라|주시|주실)`,
  ].join('|'),
)
const FORGET_EN =
  /^(?:(?:hi|hey|hello|ok|please|pls|just|now|so|and|can|could|would|will|you|i|want|need|would|i'd|like|to),? )*(?:forget (?:about )?(?:me\b(?! not)|(?:everything|all) (?:you (?:know|have|stored|remember) )?about me|who i am)|(?:delete|erase|remove|wipe|clear) (?:everything (?:you have )?(?:about|on) me|(?:all )?(?:of )?(?:my|our) (?:(?:personal|stored|chat|conversation|message|saved) )*(?:data|info|information|messages|history|conversations?|chats?|records)\b))/i

/** A wish to have one's stored messages deleted. It deletes rows, so only a plain request counts, not talk about one. */
export function asksToBeForgotten(text: string): boolean {
  const said = text
    .trim()
    .replace(/’/g, "'")
    .replace(/[ \t]+/g, ' ')
  if (said.length > 100) return false
  if (FORGET_KO.test(said)) return !NOT_A_REQUEST_KO.test(said)
  return FORGET_EN.test(said) && !/\b(?:order|account|card|number)\b/i.test(said)
}

const STAFF_KO =
  '(?:상담원|상담사|상담\\s?직원|상담|직원|담당자|담당\\s?직원|매니저|관리자|운영자|실무자|사람|인간|휴먼)'
const REACH_KO =
  '(?:연결|바꿔|불러|호출|나오라|보내\\s?[줘주]|전화\\s?(?:줘|주|부탁|연결)|직접\\s?(?:통화|상담|얘기|말))'
const TALK_KO =
  '(?:통화|얘기|이야기|대화|상담|말씀|말|채팅|문의|소통)(?:을|를)?\\s?(?:좀\\s?)?(?:하고|나누고|하게|할래|할게|할\\s?수|하겠|해야|원해|원합|부탁|나누|싶|해도|하면\\s?안)'
const HURRY_KO = '(?:(?:좀|빨리|바로|직접|당장|지금|한번|다시|제발|얼른|그냥|한\\s?명|한\\s?분|어서)\\s?)*'
const PERSON_KO = new RegExp(
  [
    `${STAFF_KO}(?!들)(?:님|분)?(?:이랑|랑|과|와|하고|한테|에게|께|으로|로|을|를|이|가)?\\s?${HURRY_KO}${REACH_KO}(?!\\s?(?:시간|번호|가능\\s?시간|은\\s?몇|은\\s?언제|됐|되었|돼서|됐는데|했|해\\s?줬|해\\s?주셨|해\\s?주셔서|료|서\\s))`,
    `${STAFF_KO}(?!들)(?:님|분)?\\s?(?:이랑|랑|과|와|하고|한테|에게|께)\\s?${HURRY_KO}${TALK_KO}`,
    `(?:상담원|상담사|직원|사람|담당자)(?:님|분)?(?:이|은)?\\s?(?:필요해|필요합|원해|원합|없나|없어요\\?|안\\s?계|계신가|있나요|있어요\\?|부탁)`,
    `(?:봇|로봇|AI|인공지능|챗봇|기계)\\s?말고\\s?(?:\\S+\\s)?${STAFF_KO}`,
    `^\\s*(?:진짜\\s?|빨리\\s?|그냥\\s?)*(?:상담원|상담사|상담\\s?직원)(?:님|분)?(?:이요|요|좀요?|한테)?[\\s!.~]*$`,
    `사람\\s?상담|상담원\\s?상담|(?:사람|상담원|상담사)(?:이|가)?\\s?(?:직접\\s?)?(?:답변?|응대|상담)해\\s?(?:줘|주세요|주면|주시면)`,
  ].join('|'),
  'i',
)
const PERSON_EN_WHO =
  "(?:(?:a|an|the|your|some|any|one|real|live|actual|human|support|customer|service|care|sales|staff)\\s)*(?:humans?|persons?|people|agents?|representatives?|rep|someone|somebody|operator|staff|manager|supervisor|support|customer service)\\b(?![-'])"
const PERSON_EN = new RegExp(
  [
    `\\b(?:talk|speak|chat)(?:ing)? (?:to|with) (?:${PERSON_EN_WHO})`,
    `\\b(?!connect with people\\b)(?:connect|transfer|escalate|hand|pass|forward|put|redirect|switch)(?: (?:me|us|this|it))?(?: (?:over|through))? (?:to|with) (?:${PERSON_EN_WHO})`,
    `\\b(?:get|give|find|send|bring|want|need|call) (?:me )?(?:(?:a|an|the|real|live|actual|human)\\s)+(?:human|person|agent|representative|rep|operator|supervisor)\\b(?! (?:to|who|id|role|account|key|token))`,
    `^\\s*(?:please |can i get |i want |just )*(?:(?:a|an|real|live|human|actual)\\s)*(?:human|person|agent|representative|rep|operator)(?: please| pls| now)*[\\s!.]*$`,
    `\\bis there (?:a |an |any )?(?:real |live |actual )*(?:human|person|agent|someone|anyone|representative) (?:here|there|available|i can (?:talk|speak))`,
    `\\b(?:human|live agent|real person),? (?:please|pls)\\b`,
    `^\\s*(?:please,? |can i get |i want |i need )?(?:customer (?:service|care|support)|support team)(?:,? (?:please|pls|now))+[\\s!.]*$`,
    `\\b(?:can|could|may) an?(?: (?:real|live|actual))* (?:human|person|agent|representative) (?:please )?(?:help|assist|call|contact|answer|talk to|speak (?:to|with)) (?:me|us)\\b`,
    `\\b(?:need|want|like|get) (?:some )?help from (?:(?:a|an|the|real|live|actual)\\s)*(?:human|person|agent|representative)\\b`,
  ].join('|'),
  'i',
)
const NO_PERSON =
  /\b(?:don't|do not|no need to|without|never|used to) (?:\w+ ){0,3}(?:talk|speak|connect|transfer|need|want|get)|(?:연결|상담|필요)\s?(?:은|는)?\s?(?:안\s?(?:해도|하셔도)|하지\s?(?:마|말|않))|채용|지원하(?:고|려|면|는\s?(?:법|방법)|기|나요|실)|모집|급여|연봉/i

/** A wish to reach a person instead of the bot, not talk about staff ("상담원 채용하나요?", "an agent told me"). */
export function asksForPerson(text: string): boolean {
  const said = text
    .trim()
    .replace(/’/g, "'")
    .replace(/[ \t]+/g, ' ')
  return said.length <= 300 && !NO_PERSON.test(said) && (PERSON_KO.test(said) || PERSON_EN.test(said))
}

const STOP_WORDS = new Set(
  `그만 그만해 그만해요 그만해줘 그만해주세요 그만써 그만써줘 그만쓰세요 그만써주세요 그만하세요 멈춰 멈춰요 멈춰줘 멈춰주세요
  멈추세요 중지 중지해줘 중지해주세요 정지 스톱 스탑 stop stopit stopplease pleasestop stopwriting cancel cancelthat`.split(
    /\s+/,
  ),
)

/** "그만", "멈춰 주세요", "stop": said alone, while an answer is being written. */
export function asksToStop(text: string): boolean {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/[\s.!~,]+/g, '')
  return said.length <= 20 && STOP_WORDS.has(said)
}
