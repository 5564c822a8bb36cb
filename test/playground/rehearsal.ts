// What the rehearsal model says in the playground: it quotes the shop's page that it was given and cites it. It understands
// nothing, and says so under each answer.
import type { RecordedRequest } from '../fakes/vllm/index.ts'

interface Passage {
  n: string
  title: string
  text: string
}

const PASSAGE = /<passage n="(\d+)" title="([^"]*)">\n([\s\S]*?)\n<\/passage>/g
const CHAT = /안녕|반가|고마|감사|따라|hello|^hi\b|thank|repeat/i
const SENTENCE_END = /(?<=[가-힣]\.|[a-z]\.)(?=\s|$)/g

export function rehearseShop({ body, lastUser }: RecordedRequest): string {
  const system = JSON.stringify(body.messages?.[0]?.content ?? '')
  if (system.includes('intent: question | person')) return understand(lastUser)
  const passages = [...lastUser.matchAll(PASSAGE)].map(([, n = '', title = '', text = '']) => ({
    n,
    title,
    text,
  }))
  const question = lastUser.replaceAll(PASSAGE, '').trim()
  const best = bestOf(passages, question)
  return best ? quote(best, question) : `${label(question)} ${question}`
}

/** A question stays as it was put: it cannot be put in the other language here. */
function understand(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return `intent: ${CHAT.test(text) ? 'small-talk' : 'question'}\nmood: calm\nko: ${line}\nen: ${line}`
}

/** The search has put the best first; one in the question's language reads better. */
function bestOf(passages: readonly Passage[], question: string): Passage | undefined {
  const isKorean = /[가-힣]/.test(question)
  return passages.find(({ text }) => /[가-힣]/.test(text) === isKorean) ?? passages[0]
}

function label(question: string): string {
  return /[가-힣]/.test(question) ? '[리허설]' : '[rehearsal]'
}

function quote({ n, text }: Passage, question: string): string {
  const mark = ` [${n}]`
  if (!text.includes('\n')) return `${label(question)} ${text.replace(SENTENCE_END, mark)}`
  const more = /[가-힣]/.test(question) ? '자세한 내용은 출처를 봐 주세요' : 'See the source for more'
  return `${label(question)}\n\n${text}\n\n${more}${mark}.`
}
