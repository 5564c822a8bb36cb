// Notices when a sentence says that something can be done of which its passage says that it cannot. Only what is put in
// nearly the same words is compared: a paraphrase is never called a contradiction.
import { contentOf, shareOf } from './wording.ts'

const NEGATIVE_KO =
  /불가|없(?!이)|않|(?<!잘)못|(?<![가-힣])안\s?(?=되|돼|됩|된|해|합|하|받|보|팔|드)|금지|아니(?!면|라면)|아닙|미지원|미제공|제외|거부|제한됩|중단|말아|마세요|어렵|대상이 아/
const NEGATIVE_EN =
  /n['’]t\b|\bnot\b|\bcannot\b|\bnever\b|\bno\b|\bnone\b|\bneither\b|\bwithout\b|\bunable\b|\bunavailable\b|\bnon-|\bexclud|\bprohibit|\bforbidden\b|\bexcept\b|\bineligible\b|\bunsupported\b|\brefuse/i
// Negations that deny nothing of the kind: "without a problem", "not only", "if not".
const HARMLESS =
  /문제\s?없|상관\s?없|관계\s?없|수밖에 없|뿐(?:만)? 아니|않으면|않을 경우|않은 경우|않는 한|아니면|아니라면|없으면|없을 경우|없는 경우|못한 경우|못하면|\bnot only\b|\bif not\b|\bno later than\b|\bno more than\b|\bno matter\b|\bno problem\b|\bno need\b|\bunless\b|\bif you (?:do not|don['’]t|cannot|can['’]t)\b/gi
const FREE = /무료|면제|무상|공짜|\bfree\b|\bwaived?\b/i
// "Not after 14 days" and "within 14 days" are the same rule.
const BEYOND = /지나|지난|이후|넘|초과|경과|\bafter\b|\bpast\b|\bbeyond\b|\bexceed|\bmore than\b|\bover\b/i
const CLAUSE =
  /(?<=[^A-Z][.!?。])\s+|\n+|(?<=나|지만|으나|는데|며|고),?\s+|,\s*(?=but\b|however\b|while\b)|\s+(?=but\s|however\s|다만|단,|하지만)|;\s*|,\s+(?=[가-힣])/

const SAME_WORDS = 0.6
const MARGIN = 0.15
const MIN_CONTENT = 2
const FEW = 3

export function clausesOf(text: string): string[] {
  return text.split(CLAUSE).filter((clause) => clause.trim() !== '')
}

export function isNegated(clause: string): boolean {
  const bare = clause.replace(HARMLESS, ' ')
  return NEGATIVE_KO.test(bare) || NEGATIVE_EN.test(bare)
}

/** Whether a clause of the sentence denies what the passage (of the same language) affirms in the same words, or back. */
export function contradicts(sentence: string, passage: string): boolean {
  const theirs = clausesOf(passage).map((clause) => ({ clause, content: contentOf(clause) }))
  return clausesOf(sentence).some((clause) => {
    const content = contentOf(clause)
    if (content.size < MIN_CONTENT) return false
    const ranked = theirs
      .map((their) => ({ ...their, share: shareOf(content, their.content) }))
      .filter(({ share }) => share >= (content.size < FEW ? 1 : SAME_WORDS))
    const best = Math.max(0, ...ranked.map(({ share }) => share))
    const near = ranked.filter(({ share }) => share >= best - MARGIN)
    return near.length > 0 && near.every((their) => denies(clause, their.clause))
  })
}

function denies(one: string, other: string): boolean {
  if (isNegated(one) === isNegated(other)) return false
  return !FREE.test(one) && !FREE.test(other) && BEYOND.test(one) === BEYOND.test(other)
}
