// The reranker client: how well each passage answers a question, over vLLM's /v1/rerank, whose body is Jina's and Cohere's.
import type { PoolingConfig, Reranker } from './model.ts'
import { createPoolingServer, type PoolingServer } from './pooling.ts'

export interface RerankerClient extends Reranker, Pick<PoolingServer, 'models'> {}

/** A passage has about 500, a table up to 2,000. */
const MAX_CHARS = 3_000

export function createReranker(config: PoolingConfig): RerankerClient {
  const server = createPoolingServer('reranker', config)
  return {
    models: server.models,
    async rerank(question, documents, signal) {
      const body = {
        query: question.slice(0, MAX_CHARS),
        documents: documents.map((text) => text.slice(0, MAX_CHARS)),
      }
      const scores = scoresIn(await server.post('/rerank', body, signal), documents.length)
      if (!scores) throw server.unusable('sent no score for each document')
      return scores
    },
  }
}

/** Null when there is not one score for each document. */
function scoresIn(answer: unknown, count: number): number[] | null {
  const results = (answer as { results?: unknown } | null)?.results
  if (!Array.isArray(results)) return null
  const scores: number[] = []
  for (const { index, relevance_score: score } of results as { index: number; relevance_score: number }[]) {
    if (Number.isFinite(score)) scores[index] = score
  }
  const isWhole = Array.from({ length: count }, (_, at) => scores[at] !== undefined).every(Boolean)
  return isWhole && scores.length === count ? scores : null
}
