// The servers that help search, where they are configured: reachable, the model, and how long they take.
import type { Config } from '../../config.ts'
import { type BotError, isBotError } from '../../core/error.ts'
import { QUESTION_LIMIT_MS, RERANKER_LIMIT_MS } from '../../knowledge/retriever.ts'
import { embeddingsOf, rerankerOf } from '../../search-help.ts'
import { withJosa } from '../../text/particles.ts'
import type { Io } from '../io.ts'
import { bad, type Finding, ok, warn } from './finding.ts'

const TIMEOUT_MS = 10_000
const QUESTION = '반품은 며칠 안에 해야 하나요?'
const DOCUMENTS = ['반품은 받은 날부터 이레 안에 할 수 있어요.', '주차는 두 시간까지 무료예요.']

/** Nothing where neither is configured. */
export async function checkSearch(config: Config, io: Io): Promise<Finding[]> {
  return (await Promise.all([checkEmbeddings(config, io), checkReranker(config, io)])).flat()
}

async function checkEmbeddings(config: Config, io: Io): Promise<Finding[]> {
  const embedder = embeddingsOf(config)
  if (!embedder) return []
  const { EMBEDDINGS_BASE_URL: address = '', EMBEDDINGS_MODEL: model = '' } = config
  try {
    // The first request may have to open the connection.
    const [vector] = await embedder.embed('passage', DOCUMENTS, AbortSignal.timeout(TIMEOUT_MS))
    const dimensions = vector?.length ?? 0
    const ask = () => embedder.embed('question', [QUESTION], AbortSignal.timeout(TIMEOUT_MS))
    const ms = await quickest(io, ask)
    return [
      ok({
        en: `Embeddings: ${model} at ${address}, ${dimensions} dimensions`,
        ko: `임베딩: ${address}의 ${model}, ${dimensions}차원`,
      }),
      checkTime({ en: 'A question is embedded', ko: '질문 임베딩' }, ms, QUESTION_LIMIT_MS),
    ]
  } catch (error) {
    if (!isBotError(error)) throw error
    return [
      await failed(error, { address, model, key: 'EMBEDDINGS', offered: embedder.models }, EMBEDDINGS_WORDS),
    ]
  }
}

const TRIES = 3

/** Of several calls, in ms: the other checks run meanwhile, and one call may have waited for them. */
async function quickest({ clock }: Io, ask: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let n = 0; n < TRIES; n++) {
    const started = clock.monotonic()
    await ask()
    best = Math.min(best, clock.monotonic() - started)
  }
  return best
}

async function checkReranker(config: Config, io: Io): Promise<Finding[]> {
  const reranker = rerankerOf(config)
  if (!reranker) return []
  const { RERANKER_BASE_URL: address = '', RERANKER_MODEL: model = '' } = config
  const ask = () => reranker.rerank(QUESTION, DOCUMENTS, AbortSignal.timeout(TIMEOUT_MS))
  try {
    const [right = 0, wrong = 0] = await ask()
    const ms = await quickest(io, ask)
    const found = ok({ en: `Reranker: ${model} at ${address}`, ko: `리랭커: ${address}의 ${model}` })
    return [
      right > wrong ? found : backwards(model),
      checkTime({ en: 'Passages are put in order', ko: '문단 다시 정렬' }, ms, RERANKER_LIMIT_MS),
    ]
  } catch (error) {
    if (!isBotError(error)) throw error
    return [
      await failed(error, { address, model, key: 'RERANKER', offered: reranker.models }, RERANKER_WORDS),
    ]
  }
}

function checkTime(what: { en: string; ko: string }, ms: number, limitMs: number): Finding {
  const says = {
    en: `${what.en} in ${Math.round(ms)} ms`,
    ko: `${what.ko}: ${Math.round(ms)} ms`,
  }
  if (ms < limitMs) return ok(says)
  return warn(
    {
      en: `${says.en}: in chat it is waited for ${limitMs} ms`,
      ko: `${says.ko}. 채팅에서는 ${limitMs} ms만 기다려요`,
    },
    {
      en: 'Run a smaller model, or run it on a GPU; until then search does without most of the time.',
      ko: '더 작은 모델을 쓰거나 GPU에서 실행하세요. 그때까지는 대부분 이 서버 없이 검색해요.',
    },
  )
}

function backwards(model: string): Finding {
  return warn(
    {
      en: `${model} puts a passage about parking above the one that answers: it does not seem to be a reranker`,
      ko: `${withJosa(model, '이/가')} 답이 있는 문단보다 엉뚱한 문단을 앞에 두어요. 리랭커가 아닌 것 같아요`,
    },
    {
      en: 'Set RERANKER_MODEL to a cross-encoder.',
      ko: 'RERANKER_MODEL을 리랭커(cross-encoder)로 바꾸세요.',
    },
  )
}

interface Scene {
  address: string
  model: string
  key: 'EMBEDDINGS' | 'RERANKER'
  offered(): Promise<string[]>
}

interface Words {
  en: string
  ko: string
}

const EMBEDDINGS_WORDS = { en: 'embeddings server', ko: '임베딩 서버' }
const RERANKER_WORDS = { en: 'reranker', ko: '리랭커' }

async function failed(
  error: BotError,
  { address, model, key, offered }: Scene,
  who: Words,
): Promise<Finding> {
  const code = error.code.replace(/^[a-z]+-/, '')
  if (code === 'away')
    return bad(
      { en: `No ${who.en} at ${address}`, ko: `${address}에 ${who.ko}가 없어요` },
      {
        en: `Start it (vllm serve ${model} --runner pooling), correct ${key}_BASE_URL, or unset it: search does without.`,
        ko: `서버를 시작하거나(vllm serve ${model} --runner pooling) ${key}_BASE_URL을 고치세요. 비우면 이 서버 없이 검색해요.`,
      },
    )
  if (code === 'unauthorized')
    return bad(
      { en: `The ${who.en} refused the key`, ko: `${who.ko}가 키를 거부했어요` },
      {
        en: `Set ${key}_API_KEY to the server’s --api-key.`,
        ko: `${key}_API_KEY를 서버의 --api-key 값으로 바꾸세요.`,
      },
    )
  if (code === 'not-found') {
    const ids = await offered().catch((): string[] => [])
    const isServed = ids.includes(model)
    if (ids.length > 0 && !isServed)
      return bad(
        { en: `The ${who.en} does not offer ${model}`, ko: `${who.ko}에 ${model} 모델이 없어요` },
        {
          en: `Set ${key}_MODEL to one of: ${ids.join(', ')}`,
          ko: `${key}_MODEL을 이 가운데 하나로 바꾸세요: ${ids.join(', ')}`,
        },
      )
    return bad(
      {
        en: `${address} has no ${key === 'RERANKER' ? '/rerank' : '/embeddings'}`,
        ko: `${address}에 ${key === 'RERANKER' ? '/rerank' : '/embeddings'} 경로가 없어요`,
      },
      {
        en: `${key}_BASE_URL usually ends in /v1; vLLM serves it with --runner pooling.`,
        ko: `${key}_BASE_URL은 보통 /v1로 끝나요. vLLM은 --runner pooling 으로 시작하세요.`,
      },
    )
  }
  return bad(
    { en: `The ${who.en} failed (${error.code})`, ko: `${who.ko}가 답하지 못했어요(${error.code})` },
    { en: error.hint, ko: `서버의 로그를 확인하세요. (${error.hint})` },
  )
}
