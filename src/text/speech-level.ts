// How politely Korean sentences speak, told by their endings: 합쇼체, 해요체, 해체, and 해라체 with what is older. Headings,
// lists, quotes, code, notes in -음 and -함 and bare nouns have no level.
import type { Tone } from '../core/tone.ts'

/** `formal` 합니다 · `polite` 해요 · `casual` 해 · `plain` 한다, 하게, 하오. */
export type Level = 'formal' | 'polite' | 'casual' | 'plain'

const QUOTED =
  /"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|'[^'\n]*'|「[^」\n]*」|『[^』\n]*』|\([^()\n]*\)|`[^`\n]*`|```[\s\S]*?```/g
const NO_PROSE = /^\s*(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\|)/
/** What is said at every level, as it stands. */
const GREETING =
  /^(?:안녕하세요|안녕하십니까|안녕히\s?(?:가|계)(?:세요|십시오)|(?:정말\s|대단히\s|진심으로\s)?(?:감사합니다|고맙습니다|죄송합니다|미안합니다)|감사해요|고마워요|죄송해요|반갑습니다|반가워요|수고하세요|수고하십시오|네|예|아니요|아니오|응|그래)$/

/** Thanks and apologies are said in 합니다 whatever surrounds them. */
const FIXED =
  /(?:감사|죄송|미안)(?:합니다|드립니다|하겠습니다)$|고맙습니다$|(?:부탁|사과|축하|양해\s부탁)\s?드립니다$|^(?:좋은|행복한|즐거운|편안한)\s(?:하루|주말|저녁|시간|연휴)\s(?:되세요|보내세요|되십시오|보내십시오)$/

/** Every sentence of a text that could have a level. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(QUOTED, (quoted) => (quoted.includes('\n') ? '\n' : ' '))
    .split('\n')
    .filter((line) => !NO_PROSE.test(line))
    .flatMap((line) => line.match(/[^.!?。！？…]+[.!?。！？…~]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[가-힣]/.test(sentence))
}

/** Null where it has none. */
export function levelOf(sentence: string): Level | null {
  const isQuestion = /[?？][^가-힣]*$/.test(sentence)
  const bare = sentence.replace(/\([^()\n]*\)/g, ' ').replace(/[^가-힣]+$/, '')
  const word = /[가-힣]+$/.exec(bare)?.[0] ?? ''
  if (word === '') return null
  if (isFormal(word)) return 'formal'
  if (isPolite(word)) return 'polite'
  if (isPlain(word, isQuestion) || PLAIN_SAID.test(bare)) return 'plain'
  return isCasual(word, isQuestion) || CASUAL_SAID.test(bare) ? 'casual' : null
}

/**
 * The sentences that do not speak as they should. Politeness may mix 합니다 and 해요 unless it is `strict`; where 합니다 is
 * wanted it has to occur.
 */
export function wrongLevels(text: string, tone: Tone, { strict = false } = {}): string[] {
  const said = sentencesOf(text)
    .filter((sentence) => !GREETING.test(sentence.replace(/[^가-힣]+$/, '')))
    .map((sentence) => ({ sentence, level: levelOf(sentence) }))
  const of = (...levels: (Level | null)[]): string[] =>
    said.filter(({ level }) => levels.includes(level)).map(({ sentence }) => sentence)
  if (tone === 'casual') return of('formal', 'polite')
  const impolite = of('casual', 'plain')
  if (strict) {
    const mixed = of(tone === 'formal' ? 'polite' : 'formal')
    return [...impolite, ...mixed.filter((sentence) => !FIXED.test(sentence.replace(/[^가-힣]+$/, '')))]
  }
  const isMissed = tone === 'formal' && of('formal').length === 0
  return isMissed ? [...impolite, ...of('polite')] : impolite
}

/** The final consonant of a syllable: 0 none, 4 ㄴ, 8 ㄹ, 17 ㅂ, 20 ㅆ. */
function finalOf(syllable: string | undefined): number {
  return syllable ? (syllable.charCodeAt(0) - 0xac00) % 28 : -1
}

function isFormal(word: string): boolean {
  if (/십시[오요]$/.test(word)) return true
  return /(?:니다|니까|시다)$/.test(word) && finalOf(word.at(-3)) === 17
}

const POLITE_NOUNS = /(?:필요|중요|주요|수요|소요|개요|강요|동요|민요|담요|요요)$/

function isPolite(word: string): boolean {
  return /(?:죠|[해어아네세예나]여)$/.test(word) || (/요$/.test(word) && !POLITE_NOUNS.test(word))
}

/** Stems that take 다 as they are. */
const PLAIN_STEM =
  /(?:이|아니|하|되|없|않|같|좋|싫|많|적|크|작|높|낮|쉽|어렵|맞|괜찮|늦|빠르|다르|모르|그렇|어떻|필요하|가능하|불가능하|힘들|길|짧|싶|비싸|느리|예쁘|나쁘|기쁘|슬프|아프|바쁘|고프|[맙렵쉽럽겁깝볍엽맵춥덥둡름답]|밝|넓|얇|좁|낫|옳|맑|젊)다$/
const PLAIN =
  /(?:(?:[가-힣]|(?<![가-힣]))(?:해라|하라)|하여라|[려겨져쳐켜펴워둬꿔춰줘봐와써꺼]라|(?:보|끝|지)내라|(?<![가-힣])(?:나|들어|돌아|내려|올라)?가라|[눌골불]러라|[골올]라라|마라|말라|[받찾앉알살놀닫막담참]아라|[넣먹있읽적입씻웃믿묻열걸들만풀되쉬끊찍]어라|(?<![가-힣])오게|게나|하세|시게|구려|하오|시오|[있없]소|(?<![가-힣])(?:좋|그렇|같|많|맞)소|로다|노라|도다|[있없했었았였겠]는가)$/
/** 이용자, 담당자, 상자: most words in 자 are nouns. */
const PLAIN_LETS =
  /(?:(?<![가-힣])(?:가|보|주|두|말|쉬|믿|놀|찾|앉|읽|쓰|넣|열|닫|살)|먹|만나|마시|기다리|(?<=[나들올내려돌아])가|끝내|보내|남기|고치|바꾸|고르|나누|모으|지키|만들|떠나|[해어아려여와겨](?:보|주|두|버리)|[가-힣]하)자$/
const LETS_NOUN = /(?:초보|제보|홍보|참가|평가|휴가|보호|가해|피해|방해|결핍|당하|투하)자$/
/** Words that are something else on their own: 하자 is a flaw, 사자 a lion, 주게 the start of 주게 되다. */
const PLAIN_SAID =
  /(?:같이|함께|그렇게|이렇게|다시|빨리|그럼|그만|얼른|이제|나중에|그냥|[을를걸])\s(?:하|사|자|타|내)자$|[해아어려내와겨져]\s(?:주|보)게$|(?:그렇게|이렇게|빨리|그냥|어서|[을를걸])\s(?:사|타|자|내)라$/
const PLAIN_QUESTION = /(?:냐|니|는가|은가|던가|인가|[쁜떤픈큰싼한된운린]가)$/
/** Nouns that end as such a question does. */
const NO_QUESTION = /(?:언니|어머니|할머니|주머니|바구니|비키니|미니|아니|케냐|라자냐|할인가|평가|휴가)$/

function isPlain(word: string, isQuestion: boolean): boolean {
  if (/다$/.test(word)) {
    const before = finalOf(word.at(-2))
    // 한다, 간다 · 했다, 있다, 겠다
    if ((before === 4 && word !== '판다') || before === 20) return true
    return PLAIN_STEM.test(word) && !/(?:바다|마다|보다)$/.test(word)
  }
  if (PLAIN.test(word) || (PLAIN_LETS.test(word) && !LETS_NOUN.test(word))) return true
  return (
    (isQuestion && PLAIN_QUESTION.test(word) && !NO_QUESTION.test(word)) ||
    /(?:[했었았였겠왔갔됐하되]냐|[왔갔됐샀]는가)$/.test(word)
  )
}

/** Nouns and adverbs that end like a verb. */
const NO_VERB =
  /(?:이해|피해|오해|올해|방해|손해|동해|남해|서해|지난해|새해|공해|재해|침해|견해|배려|고려|격려|염려|우려|장려|분야|시야|심야|빨래|페이지|가운데|군데|하나|샤워|파워|타워|키워드|그런데|는커녕|대해|위해|통해|인해|의해|관해|향해)$/
const CASUAL: readonly RegExp[] = [
  /해$/,
  /[했었았였겠있없](?:어|지|네|는데|거든|잖아|을까|구나|더라|대|군)$/,
  /[먹읽적넣늦싶입씻웃믿묻열걸벗길멀들만떨줄늘풀되이비뛰쉬꾸]어$/,
  /[받찾앉알살놀팔닫닿맞막남많좋않찮같작높낮밝낫잡참옳쌓담깎볶돌몰골달말]아$/,
  /(?:돼|줘|봐|둬|꿔|려|겨|져|쳐|켜|펴|눌러|몰라|달라|골라|올라|불러|바빠|아파|나빠|예뻐|기뻐|슬퍼|고파|커|써|꺼|떠|와줘|[가-힣]워|보내|끝내|지내)$/,
  /야$/,
  /[하되같맞좋렇않알르]지$|이지$|면\s?되지$/,
  /(?:[하되좋많같이오가맞있없늦작크싸쁘엽렵쉽럽겁깝맵춥덥볍높낮길짧넓좁]|느리|빠르|다르|모르)네$/,
  /[는은던]데$/,
  /(?:거든|잖아|구나|더라|다니까|라니까|던걸|는걸|을걸|는구먼|다며|라며)$/,
]
const CASUAL_QUESTION = /(?:[했었았였겠있없하되가오좋맞같많늦싸]나|어때|뭐해|어디|왜|뭔데|누군데|언젠데)$/

/** Short words that are only a verb at the end of a sentence, or behind what belongs to one. */
const CASUAL_SAID =
  /[가-힣]지(?:는|도|를|들)?\s?마$|[가-힣,]\s(?:그래|이래|저래|와)$|(?:잘|더|지금|푹|그만|일찍|먼저|빨리|그냥|어서|얼른|이제|내일|이거|그거|저거|이걸|그걸|저걸|돈|여기|거기|어디|어딜|언제|[을를])\s(?:가|자|사|서|내)$|(?<![가-힣])비싸$|(?:더|제일|진짜|너무|훨씬|되게|정말|아주|이거|그거|[이가면])\s싸$/

function isCasual(word: string, isQuestion: boolean): boolean {
  if (NO_VERB.test(word)) return false
  if (/(?:께|게|까|래|걸)$/.test(word) && finalOf(word.at(-2)) === 8) return true
  // 됐어, 샀지, 났네
  if (/[어지네]$/.test(word) && finalOf(word.at(-2)) === 20) return true
  // 한데, 큰데, 인데
  if (/데$/.test(word) && finalOf(word.at(-2)) === 4) return true
  return CASUAL.some((ending) => ending.test(word)) || (isQuestion && CASUAL_QUESTION.test(word))
}
