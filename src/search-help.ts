// The servers that help search, as they are configured: none, embeddings, a reranker, or both.
import type { Config } from './config.ts'
import type { EmbeddingsUse, RerankerUse } from './knowledge/retriever.ts'
import { createEmbeddings, type Embeddings } from './llm/embeddings.ts'
import { createReranker, type RerankerClient } from './llm/reranker.ts'
import type { Database } from './store/db.ts'

export interface SearchHelp {
  embeddings: EmbeddingsUse | null
  reranker: RerankerUse | null
}

/** `limitMs`: how long a question may wait for each of them; absent = as in chat. */
export function searchHelp(config: Config, db: Database, limitMs?: number): SearchHelp {
  const embedder = embeddingsOf(config)
  const reranker = rerankerOf(config)
  return {
    embeddings: embedder && { embedder, db, minSimilarity: config.EMBEDDINGS_MIN_SIMILARITY, limitMs },
    reranker: reranker && { reranker, limitMs },
  }
}

/** Null when none is configured. */
export function embeddingsOf(config: Config): Embeddings | null {
  const { EMBEDDINGS_BASE_URL: baseUrl, EMBEDDINGS_MODEL: model } = config
  if (!baseUrl || !model) return null
  return createEmbeddings({
    ...{ baseUrl, model, apiKey: config.EMBEDDINGS_API_KEY },
    queryPrefix: config.EMBEDDINGS_QUERY_PREFIX,
    passagePrefix: config.EMBEDDINGS_PASSAGE_PREFIX,
  })
}

/** Null when none is configured. */
export function rerankerOf(config: Config): RerankerClient | null {
  const { RERANKER_BASE_URL: baseUrl, RERANKER_MODEL: model } = config
  return baseUrl && model ? createReranker({ baseUrl, model, apiKey: config.RERANKER_API_KEY }) : null
}
