// What the rehearsal model says in the playground: it quotes one of the passages that the app gave it, translates the
// sentences of the examples, and repeats where a model would sum up. It knows no more, writes nothing of its own, and
// says so in everything that people read.
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { phraseIn } from './phrases.ts'

interface Passage {
  n: string
  title: string
  text: string
}

const PASSAGE = /<passage n="(\d+)" title="([^"]*)">\n([\s\S]*?)\n<\/passage>/g
const CHAT = /안녕|반가|고마|감사|따라|hello|^hi\b|thank|repeat/i
const ANGRY = /화가 나|화나|열받|최악|furious|unacceptable/i
const SENTENCE_END = /(?<=[가-힣]\.|[a-z]\.)(?=\s|$)/g
const MAX_REPEATED = 160

export function rehearseShop({ body, lastUser }: RecordedRequest): string {
  const system = JSON.stringify(body.messages?.[0]?.content ?? '')
  const into = /You translate messages (?:from \w+ )?into (\w+)/.exec(system)?.[1]
  if (into !== undefined) return translate(lastUser, into)
  if (system.includes('intent: question | person')) return understand(lastUser)
  if (system.includes('You summarise a customer support conversation')) return summarise(lastUser)
  // A draft that comes back as it was: only the app's rules speak.
  if (system.includes("You rewrite a support agent's draft")) return lastUser
  const passages = [...lastUser.matchAll(PASSAGE)].map(([, n = '', title = '', text = '']) => ({
    n,
    title,
    text,
  }))
  const question = lastUser.replaceAll(PASSAGE, '').trim()
  const isDraft = system.includes('You draft a reply that a support agent')
  const lang = isDraft ? (system.includes('Answer in Korean') ? 'ko' : 'en') : langOf(question)
  const best = bestOf(passages, lang)
  if (best) return quote(best, lang)
  return isDraft ? NO_DRAFT[lang] : `${LABEL[lang]} ${question}`
}

type Lang = 'ko' | 'en'

const LABEL: Readonly<Record<Lang, string>> = { ko: '[리허설]', en: '[rehearsal]' }
const NO_DRAFT: Readonly<Record<Lang, string>> = {
  ko: '[리허설] 여기에 답변 초안이 들어가요. 리허설 모델은 답을 지어내지 않아요.',
  en: '[rehearsal] A draft would stand here. The rehearsal model makes no answer up.',
}

function langOf(text: string): Lang {
  return /[가-힣]/.test(text) ? 'ko' : 'en'
}

/** A question stays as it was put: it cannot be put in the other language here. */
function understand(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  const mood = ANGRY.test(text) ? 'angry' : 'calm'
  return `intent: ${CHAT.test(text) ? 'small-talk' : 'question'}\nmood: ${mood}\nko: ${line}\nen: ${line}`
}

/** What it does not know stays as it is, which the app's checks find and say. */
function translate(text: string, into: string): string {
  const to = into === 'Korean' ? 'ko' : 'en'
  const known = into === 'Korean' || into === 'English' ? phraseIn(to, text) : null
  return `${LABEL[to]} ${known ?? text}`
}

/** The customer's last words. */
function summarise(lines: string): string {
  const said = lines.split('\n').filter((line) => /^customer:/i.test(line))
  const last = (said.at(-1) ?? lines.split('\n').at(-1) ?? '').replace(/^\w+:\s*/, '')
  const short = last.slice(0, MAX_REPEATED).toWellFormed()
  return `ko: ${LABEL.ko} 요약 대신 고객의 마지막 말이에요: “${short}”
en: ${LABEL.en} Instead of a summary, the customer's last words: “${short}”
category: other`
}

/** The search has put the best first; one in the question's language reads better. */
function bestOf(passages: readonly Passage[], lang: Lang): Passage | undefined {
  return passages.find(({ text }) => langOf(text) === lang) ?? passages[0]
}

function quote({ n, text }: Passage, lang: Lang): string {
  const mark = ` [${n}]`
  if (!text.includes('\n')) return `${LABEL[lang]} ${text.replace(SENTENCE_END, mark)}`
  const more = lang === 'ko' ? '자세한 내용은 출처를 봐 주세요' : 'See the source for more'
  return `${LABEL[lang]}\n\n${text}\n\n${more}${mark}.`
}
