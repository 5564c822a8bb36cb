// Which of the languages beside Korean, English, Japanese and Chinese a text is in: by its script, by its commonest words,
// and only for what is certainly not English by statistics.
import { createRequire } from 'node:module'
import { detectLanguage } from './language.ts'

export type ForeignLang = 'vi' | 'es' | 'de' | 'fr' | 'pt' | 'it' | 'id' | 'th' | 'ru'

// Its tables take 48 MB: loaded for the first message that no rule can tell.
const load = createRequire(import.meta.url)

const SCRIPTS: readonly (readonly [ForeignLang, RegExp])[] = [
  ['th', /\p{Script=Thai}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['vi', /[đĐơƠưƯ\u1EA0-\u1EF9]/],
]

/** What people write most, and write in support: none of them is an English word, or one of ours beside it in this table. */
const WORDS: Readonly<Record<'es' | 'de' | 'fr' | 'pt' | 'it' | 'id', string>> = {
  es: 'el los las una mi mis es está esta este que con para por pero cuando cuándo donde dónde cómo como hola gracias favor quiero quisiera necesito pedido envío reembolso tengo todavía ya muy también llega llegó ha hemos puede puedo cuenta buenos días tardes del al lo le se nos producto casa llegado han sido hay más eso',
  de: 'ich der das ist nicht und ein eine einen mein meine wann wo wie bitte danke hallo kann können habe haben wird ihre ihr sie wir mit für auf von zu noch aber bestellung paket lieferung rückerstattung leider möchte guten tag es kommt bei den dem',
  fr: 'je le les est pas mon ma mes une des vous nous où quand comment bonjour merci commande colis remboursement livraison avec pour dans sur sera suis voudrais ai avez été cette ce et mais encore sil plaît beaucoup du au votre',
  pt: 'não meu minha onde está quando obrigado obrigada olá quero gostaria pedido produto reembolso entrega ainda com para por mas uma um os as você vocês recebi chegou chega estou preciso conta foi são muito bom dia tarde ao da do na no e',
  it: 'il lo gli mio mia dove quando grazie ciao buongiorno vorrei voglio ordine pacco rimborso consegna ancora con per una un non ho è sono questo questa che di del della mi ma anche prodotto arriva arrivato molto',
  id: 'saya tidak kapan terima kasih ini itu yang dan di ke dari pesanan barang uang kembali sudah belum bisa tolong mohon apakah untuk dengan akun selamat pagi halo ada mau ingin rusak kami anda',
}
const KNOWN = Object.entries(WORDS).map(
  ([lang, words]) => [lang as keyof typeof WORDS, new Set(words.split(' '))] as const,
)
/** In English too, or in several: of no weight where there is nothing else. */
const SHARED = new Set([
  'no',
  'do',
  'a',
  'me',
  'as',
  'in',
  'on',
  'an',
  'am',
  'so',
  'e',
  'es',
  'un',
  'una',
  'con',
  'per',
  'di',
  'mi',
  'se',
  'le',
  'lo',
  'ma',
  'da',
  'na',
  'al',
  'del',
  'que',
  'para',
  'por',
  'ha',
  'ho',
  'um',
  'os',
  'ai',
  'au',
  'ce',
  'du',
  'et',
  'est',
  'pedido',
  'producto',
  'den',
  'dem',
  'bei',
  'ke',
  'das',
  'der',
  'esta',
  'com',
  'mas',
  'quando',
])

const NO_WORDS = /https?:\/\/\S+|\bwww\.\S+|\S+@\S+|`[^`\n]*`|<[^<>\n]*>/g

/** Null where it is none of them, or cannot be told: a name, two words, English with a loanword. */
export function foreignLang(text: string): ForeignLang | null {
  const script = SCRIPTS.find(([, pattern]) => pattern.test(text))
  if (script) return script[0]
  const detected = detectLanguage(text)
  if (detected !== 'en' && detected !== 'other') return null
  const words =
    text
      .replace(NO_WORDS, ' ')
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
  const best = bestOf(words)
  if (best !== null) return best
  return detected === 'other' && words.length > 3 ? bySigns(text) : null
}

function bestOf(words: readonly string[]): ForeignLang | null {
  const scores = KNOWN.map(([lang, known]) => {
    const found = words.filter((word) => known.has(word))
    return { lang, count: found.length, own: found.filter((word) => !SHARED.has(word)).length }
  }).sort((a, b) => b.own - a.own || b.count - a.count)
  const [first, second] = scores
  if (!first || first.own === 0 || first.own === second?.own) return null
  const isEnough = first.own > 1 || first.count > 2 || words.length < 3
  return isEnough && first.count * 4 >= words.length ? first.lang : null
}

const SURE = 0.75

function bySigns(text: string): ForeignLang | null {
  const { detectAll } = load('tinyld') as typeof import('tinyld')
  const [first] = detectAll(text)
  return first && first.accuracy >= SURE && first.lang in WORDS ? (first.lang as ForeignLang) : null
}
