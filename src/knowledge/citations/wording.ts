// What words a text is made of, for telling whether a sentence speaks of what its passage speaks of: pairs of Korean
// letters, English stems. Politeness, negation and figures are left out.
import { stemmer } from 'stemmer'
import { isKoreanText } from '../../text/language.ts'

const NOISE_KO =
  /(?:할|될|하실|받으실|받을|볼|쓸)\s?수\s?(?:있|없)[가-힣]*|불가능?[가-힣]*|가능[가-힣]*|(?:하|되|받)지\s?(?:않|못)[가-힣]*|(?:합|됩|입|습)니다|(?:있|없)(?:습니다|어요|음)|(?:해|돼|예|이에|세)요|아닙니다/g
const VERB_TAIL = /(?<=[가-힣])(?:하|되|받으|받)(?:시|셔|실|신|세|면|고|여|지|는|기|도|려)[가-힣]*$/
const PARTICLE =
  /(?<=[가-힣]{2})(?:에서는|에서|에는|으로는|으로|까지|부터|하고|은|는|이|가|을|를|에|의|도|로|만|와|과)$/
const STOP_EN = new Set(
  `a an the is are was were be been being am do does did can cannot can't could may might must shall should will would
  not no never don't doesn't isn't aren't won't without to of in on at for from with by as if and or but so it its this
  that these those there we our you your they their i my he she has have had any all each`.split(/\s+/),
)

export function contentOf(text: string): Set<string> {
  const content = new Set<string>()
  for (const [word] of text.replace(NOISE_KO, ' ').matchAll(/[가-힣]+|[A-Za-z][A-Za-z'’-]*/g)) {
    if (/[가-힣]/.test(word)) {
      const stem = word.replace(VERB_TAIL, '').replace(PARTICLE, '')
      for (let at = 0; at + 1 < stem.length; at += 1) content.add(stem.slice(at, at + 2))
      continue
    }
    const plain = word.toLowerCase().replace('’', "'")
    if (plain.length > 1 && !STOP_EN.has(plain)) content.add(stemmer(plain))
  }
  return content
}

/** How much of `content` the other text has, 0 to 1. */
export function shareOf(content: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (content.size === 0) return 0
  let both = 0
  for (const part of content) if (other.has(part)) both += 1
  return both / content.size
}

/** Of one sentence: short, so that a few English names outweigh what is Korean in it; its end tells. */
export function isKoreanSentence(text: string): boolean {
  return isKoreanText(text) || /(?:요|다|까|죠|음|함|됨|임)[.!?~…"'”’*_\s]*$/.test(text)
}
