// English words and technical names as search tokens: stems, and identifiers whole and in parts.
import { stemmer } from 'stemmer'
import { memoize } from './memo.ts'

/** Words that say nothing about what a text is about. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(
  `a an the i im ive id me my mine you your yours u ur we our us they them their he she it its this that these those
  is are was were am be been being do does did doing have has had having can could would will shall should may might
  must of to in on at for from with by as if so or and but than then there here what which who whom how why where
  when please pls plz thanks thank hi hello hey just also any some very really get got about into out up not no yes
  wheres whats whens hows hasnt havent hadnt thats theres lets dont doesnt didnt cant wont isnt arent`.split(
    /\s+/,
  ),
)

const MEMO_ENTRIES = 50_000

// "'s" and "n't" belong to the word before them.
const APOSTROPHE = /[’']/g
const VERSION = /^v(?=\d+(?:\.\d+)+)/

const stem = memoize((word) => (word.length > 2 ? stemmer(word) : word), MEMO_ENTRIES)

/** A word or a technical name as it is written: letters, digits and the marks inside ("foo_bar", "v1.2.3", "don't"). */
export const LATIN_RUN =
  /[\p{Script=Latin}\d]+(?:[._\-/:+#’'@]+(?=[\p{Script=Latin}\d])[\p{Script=Latin}\d]+)*(?:\+\+|#)?/gu

/**
 * The tokens of one run, whole form first: `foo_bar` → foobar, foo, bar; `v1.2.3` → 1.2.3; `E-1042` → e1042, e, 1042;
 * `maxRetries` → maxretries, max, retri; `words` → word. Stop words included.
 */
export function latinTokens(run: string): string[] {
  const bare = run.replace(APOSTROPHE, '')
  const parts = partsOf(bare)
  if (parts.length <= 1) return [stem(bare.toLowerCase())]
  const whole = bare.toLowerCase().replace(VERSION, '')
  // Joined, so that E-1042, E1042 and e_1042 are one; the dots of numbers and versions mean something.
  const joined = /^\d+(?:[.:]\d+)+$/.test(whole) ? whole : whole.replace(/[^\p{L}\d+#]/gu, '')
  return /^\d+(?:\.\d+)+$/.test(whole) ? [whole] : [joined, ...parts.map((part) => stem(part))]
}

function partsOf(run: string): string[] {
  return run
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replace(/(?<=[A-Za-z]{2})(?=\d)|(?<=\d)(?=[A-Za-z]{3})/g, ' ')
    .split(/[^\p{L}\d+#]+/u)
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase())
}
