// A "not" that is lost or added turns a rule round. Looks at sentences between Korean and English, and only where one side
// denies something plainly and the other has no word at all that could say so.
import type { TargetLang } from '../../core/target-lang.ts'
import type { Flag } from '../model.ts'

/** Denials that a translation has to keep. */
const DENIES_EN =
  /\b(?:not|cannot|can['’]?t|won['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|couldn['’]?t|shouldn['’]?t|mustn['’]?t|haven['’]?t|hasn['’]?t|never)\b/i
const DENIES_KO =
  /(?<![가-힣])(?:안\s[가-힣]|안(?:돼|되|된|될|됩|됐|해|하|합|한|할|했|가|갑|와|왔|옵|나|보|봤|먹|받|써|쓰|씁|걸|맞|팔)|못\s?[가-힣])|지\s?(?:않|못|마|말)|수\s?(?:는|가|도)?\s?없|불가(?:능|합|해|하)|금지|(?<![가-힣])아니(?!면|라\s?면)|아닙|아닌/

/** Ways of asking, offering and thanking that only look like a denial. */
const IDIOMS_EN =
  /\bwhy (?:don['’]?t|not)\b|\b(?:can['’]?t|couldn['’]?t|cannot) (?:wait|thank|agree|help but|recommend)\b|\bnot only\b|\b(?:don['’]?t|do not|never) (?:hesitate|worry|forget|mind|miss|mention|delay)\b|\b(?:isn|aren|doesn|don|won|can|couldn|wouldn|haven|hasn|didn|wasn)['’]?t (?:it|they|you|we|he|she|that|there|i)\b|\bif not\b|\bwhether or not\b|\bor not\b|\bnot sure\b|\bdo you not\b|\bdon['’]?t you\b|\bnot yet\b/gi
const IDIOMS_KO =
  /지\s?(?:않(?:나요|겠|을까|으시|습니까|니|아요\?|을래)|못하)[^.!\n]*\?|(?:안|못)\s?(?:될까|되나|되겠|돼요\?|될지|계신가)|아닌가|아닐까|아니에요\?|뿐만?\s?(?:이\s?)?아니|(?:걱정|염려|부담|주저|망설)[^.!?\n]{0,8}(?:마|말|않)|얼마\s?안|다름\s?아니|못지않|틀림없|문제\s?없|괜찮|수\s?(?:는|가)?\s?없(?:을까|나요|습니까|어요\?|는지)|지\s?(?:못하|않)는지/g

/** Anything that can carry a denial over. */
const HAS_KO =
  /안(?![내에녕전심으의부])|못|않|없|아니|아닙|아닌|말[고아]|마세|마십|마시|불가|금지|제외|거절|거부|실패|미[가-힣]|무[가-힣]|비[가-힣]|부적|전혀|외에|까지|전(?:에|이[라에]|입|인)|만|품절|취소|중단|해제|틀리|잘못|어렵|힘들|모르|덜|그대로|여전|떨어[졌지져]|소진|매진|부족|밖에|대신/
const HAS_EN =
  /\b(?:not|no|none|nothing|nobody|neither|nor|never|without|cannot|unable|fail\w*|refus\w*|declin\w*|den(?:y|ied|ies)|impossible|prohibit\w*|forbid\w*|ban\w*|avoid\w*|stop\w*|lack\w*|miss\w*|exclud\w*|except|unless|until|instead|only|hardly|rarely|difficult|hard|yet|sold out|out of|rather than|too|free|disabled?|off|expired?|wrong|forgot(?:ten)?)\b|n['’]t\b|\b(?:un|in|im|dis|non-?)\w{3,}|\w{3,}less\b/i

/** What Korean says by a denial, in words that are none: 기억나지 않아요 is "I forgot". */
const SAID_BY_NOT =
  /\b(?:forg[eo]t\w*|lost|los(?:es?|ing)|brok\w+|break\w*|dead|stuck|closed|empty|late|delay\w*|trouble|problems?|errors?|issues?|nvm|crash\w*|froz\w+|freez\w*|bugs?|weird|strange|hate\w*|regret\w*|still)\b/i

/** Both texts without what was protected. */
export function checkNegation(
  source: string,
  translated: string,
  from: TargetLang | null,
  to: TargetLang,
): Flag[] {
  if (from === 'en' && to === 'ko')
    return [...compare(source, translated, EN_KO), ...compare(translated, source, ADDED_KO)]
  if (from === 'ko' && to === 'en')
    return [...compare(source, translated, KO_EN), ...compare(translated, source, EN_KO)]
  // Translated back.
  if (from === 'ko' && to === 'ko') return compare(source, translated, { ...KO_EN, carries: HAS_KO })
  if (from === 'en' && to === 'en') return compare(source, translated, { ...EN_KO, carries: HAS_EN })
  return []
}

interface Rules {
  denies: RegExp
  idioms: RegExp
  carries: RegExp
}

const EN_KO: Rules = { denies: DENIES_EN, idioms: IDIOMS_EN, carries: HAS_KO }
const KO_EN: Rules = { denies: DENIES_KO, idioms: IDIOMS_KO, carries: HAS_EN }
/** Added by the translation: looser, for Korean denies where English need not. */
const ADDED_KO: Rules = { ...KO_EN, carries: new RegExp(`${HAS_EN.source}|${SAID_BY_NOT.source}`, 'i') }

/** Sentence by sentence where there are as many on both sides, else as a whole. */
function compare(source: string, translated: string, rules: Rules): Flag[] {
  const [before, after] = [sentencesOf(source), sentencesOf(translated)]
  const pairs: [string, string][] =
    before.length === after.length ? before.map((one, at) => [one, after[at]!]) : [[source, translated]]
  return pairs.flatMap(([one, other]) => {
    const found = rules.denies.exec(one.replace(rules.idioms, ' '))?.[0]
    return found && !rules.carries.test(other) ? [{ kind: 'negation' as const, detail: found.trim() }] : []
  })
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?。！？])\s+|\n+/).filter((part) => /\p{L}/u.test(part))
}
