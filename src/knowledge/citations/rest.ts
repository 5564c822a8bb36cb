// What a clause speaks of besides the matter it says yes or no to: 색상, "in the restaurant". Two clauses with a different
// rest are not about the same.
import { ACTS, KINDS, PAIRS } from './matters.ts'

/** Words that narrow nothing, and forms of verbs. */
const GENERIC_KO =
  /^(?:상품|제품|물건|품목|주문|고객|회원|손님|이내|영업일|가능|불가|신청|서비스|고객센터|저희|현재|모든|모두|전부|구매|결제|매장$|비용|금액|가격|전액|이상|포함|별도|무료|유료|기본|수(?=도|는|$)|안$|도$|것|더|꼭|반드시|하|할|해|합|되|될|돼|됩|된|받|있|없|않|못|쓰|쓸|들어|드립|드려|드리|보내|바꾸|바꿀|부담|필요|어렵|어려|함께|같이|중복|추가|동반|쉬|쉽|운영|영업|상담)/
const GENERIC_EN = new Set(
  `a an the is are was be been it this that these those of to in on at for from with by as and or but so we you our your
  us they them their i any all every each one also do does did can cannot can't could may might must shall should will
  would not no never don't doesn't isn't aren't won't without need needs needed required requires require have has had
  get pay pays final sale island item items goods product products order orders customer customers store stores shop shops support team day days
  business within possible allowed available welcome free charge charged price cost costs expense own included include
  extra currently final made make another other together used use time fully easily`.split(/\s+/),
)
const PARTICLE =
  /(?<=[가-힣]{2})(?:에서는|에서도|에서|에는|에도|으로는|으로도|으로|로도|까지|부터|하고|이나|은|는|이|가|을|를|에|의|도|로|만|와|과)$/

/** Stands for a known word; its particle or ending goes with it. */
const KNOWN = '\uE000'
const OF_KNOWN = /\uE000+[가-힣A-Za-z]*/g

const KNOWN_WORDS = [
  ...[...Object.values(ACTS), ...Object.values(PAIRS).map(({ about }) => about), ...KINDS],
].map(({ source, flags }) => new RegExp(source, `${flags}g`))

/** Whether a word is one of what can be done, or of the kinds of goods, places and days, and so no name. */
export function isMatter(word: string): boolean {
  return KNOWN_WORDS.some((known) => word.search(known) >= 0)
}

/** '' where nothing is left. */
export function restOf(clause: string): string {
  const bare = KNOWN_WORDS.reduce((text, known) => text.replace(known, KNOWN), clause)
  const words = [...bare.replace(OF_KNOWN, ' ').matchAll(/[가-힣]+|[A-Za-z][A-Za-z'’]*/g)].flatMap(
    ([word]) => {
      if (/[가-힣]/.test(word)) {
        const stem = word.replace(PARTICLE, '')
        return stem.length < 2 || GENERIC_KO.test(stem) ? [] : [stem]
      }
      const plain = word.toLowerCase().replace('’', "'")
      return plain.length < 2 || GENERIC_EN.has(plain) ? [] : [plain]
    },
  )
  return [...new Set(words)].sort().join(' ')
}
