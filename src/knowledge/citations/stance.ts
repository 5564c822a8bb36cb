// Notices across languages, and in other words, when a sentence says the opposite of its passage about the same matter:
// 환불할 수 없어요 of "Orders can be refunded". Only plain statements about matters known here are compared; a condition on
// either side, another kind of goods, or a passage that says both, and nothing is called a contradiction.
import { ACTS, FEE, KINDS, PAIRS, type Pair } from './matters.ts'
import { clausesOf, isNegated } from './polarity.ts'
import { restOf } from './rest.ts'

type Stance = 'yes' | 'no'

const NO_OPEN = /휴무|쉽니다|쉬어요|쉬는|\bclosed\b/i
const ALSO_NO =
  /\bfinal sale\b|\bare final\b|어려워|어렵습니다|힘들어요|받지\s?않|안\s?받|\bno refunds?\b|\bno returns?\b/i
const YES_KO =
  /수\s?(?:도\s?)?있(?:어|습|는|으)|가능(?:합|해|하|이|입|$|[.,)])|(?:됩|합|드립|받습)니다|(?:돼|해|드려|받아|환영해)요|환영/
const YES_EN =
  /\bcan\b|\bmay\b|\bwelcome\b|\ballowed\b|\bavailable\b|\baccept(?:s|ed)?\b|\beligible\b|\b(?:refund|return|exchange|cancel)l?able\b|\bwe (?:also )?(?:ship|deliver|refund|exchange|offer)\b|\b(?:is|are) (?:open|refunded|exchanged|delivered|shipped|possible)\b/i

const CONDITION =
  /면(?=[\s,]|$)|경우|때|(?:전|후)(?:에|까지|부터|$|\s)|이후|지나|지난|넘|초과|외에|외의|제외|한해|한하여|한정|(?<=[가-힣])만(?=[\s,]|$)|\bif\b|\bunless\b|\bonly\b|\bexcept\b|\bafter\b|\bbefore\b|\buntil\b|\bonce\b|\bwhen\b|\bother than\b|\botherwise\b|\bpast\b|\bmore than\b|\bover\b|\babove\b|이상|도\s?있(?:어|습)|일부|\bminimum\b|\bsome\b/i
/** Says yes without saying to what. */
const FINE = /무료|문제\s?없|괜찮|\bfree\b|\bfine\b|\bok(?:ay)?\b|\bno problem\b/i
const QUESTION = /[?？]\s*$|(?:나요|까요|가요)\s*$|방법|하려면|\bhow to\b/i

const MATTERS = [...Object.keys(ACTS), ...Object.keys(PAIRS)]

interface Said {
  stance: Stance
  kinds: string
  /** What else it speaks of. */
  rest: string
  isPlain: boolean
}

/** Whether a sentence denies what one of the texts, in whichever language, plainly says, or says what it denies. */
export function saysOpposite(sentence: string, texts: readonly string[]): boolean {
  const clauses = texts.flatMap(placedClauses)
  return clausesOf(sentence).some((clause) =>
    MATTERS.some((matter) => {
      const ours = toSaid(clause, matter)
      if (!ours?.isPlain) return false
      const theirs = clauses.flatMap(({ clause: their, beside }) => {
        const said = toSaid(their, matter)
        return said ? [{ ...said, beside }] : []
      })
      if (theirs.some(({ stance }) => stance === ours.stance)) return false
      return theirs.some(
        ({ isPlain, kinds, rest, stance, beside }) =>
          isPlain &&
          kinds === ours.kinds &&
          rest === ours.rest &&
          !beside.some((other) => turns(other, stance, matter)),
      )
    }),
  )
}

/** Each with those of its own sentence and of the ones next to it. */
function placedClauses(text: string): { clause: string; beside: string[] }[] {
  const sentences = text
    .replace(/[()（）·|]/g, '\n')
    .split(/(?<=[.!?。])\s+|\n+/)
    .map(clausesOf)
  return sentences.flatMap((own, at) =>
    own.map((clause) => ({
      clause,
      beside: sentences
        .slice(Math.max(0, at - 1), at + 2)
        .flat()
        .filter((other) => other !== clause),
    })),
  )
}

/** Whether a clause may say otherwise of the same matter, without its name: "but not for another colour". */
function turns(clause: string, stance: Stance, matter: string): boolean {
  const isOfAnother = !ACTS[matter]?.test(clause) && Object.values(ACTS).some((act) => act.test(clause))
  if (isOfAnother) return false
  const isNo = isNegated(clause) || ALSO_NO.test(clause)
  if (stance === 'yes') return isNo
  return !isNo && (YES_KO.test(clause) || YES_EN.test(clause) || FINE.test(clause))
}

/** Null: it says neither the one nor the other about that matter. */
function toSaid(clause: string, matter: string): Said | null {
  const pair = PAIRS[matter]
  const stance = pair ? pairStance(clause, pair) : actStance(clause, matter)
  if (stance === null) return null
  const kinds = KINDS.flatMap((kind, at) => (kind.test(clause) && !(pair && kind === FEE) ? [at] : [])).join()
  return { stance, kinds, rest: restOf(clause), isPlain: !CONDITION.test(clause) && !QUESTION.test(clause) }
}

function pairStance(clause: string, { about, yes, no }: Pair): Stance | null {
  if (!about.test(clause)) return null
  const [isYes, isNo] = [yes.test(clause), no.test(clause)]
  if (isYes === isNo) return null
  return isYes ? 'yes' : 'no'
}

function actStance(clause: string, matter: string): Stance | null {
  if (!ACTS[matter]?.test(clause)) return null
  if (isNegated(clause) || ALSO_NO.test(clause) || (matter === 'open' && NO_OPEN.test(clause))) return 'no'
  return YES_KO.test(clause) || YES_EN.test(clause) ? 'yes' : null
}
