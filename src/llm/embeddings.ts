// The embeddings client: texts to vectors of length 1, over /v1/embeddings of an OpenAI-compatible server.
import type { Embedder, PoolingConfig } from './model.ts'
import { createPoolingServer, type PoolingServer } from './pooling.ts'

export interface EmbeddingsConfig extends PoolingConfig {
  /** Put before each question, with a space between; the model's card names it ("query:"). */
  queryPrefix?: string
  passagePrefix?: string
}

export interface Embeddings extends Embedder, Pick<PoolingServer, 'models'> {}

/** bge-m3 takes 8,192 tokens; what is longer than this says nothing new of what it is about. */
const MAX_CHARS = 8_000

export function createEmbeddings(config: EmbeddingsConfig): Embeddings {
  const server = createPoolingServer('embeddings', config)
  const prefixes = { question: config.queryPrefix, passage: config.passagePrefix }
  return {
    maker: [config.model, config.passagePrefix].filter(Boolean).join(' '),
    models: server.models,
    async embed(kind, texts, signal) {
      const prefix = prefixes[kind] ? `${prefixes[kind]} ` : ''
      const input = texts.map((text) => prefix + text.slice(0, MAX_CHARS))
      // As numbers: not every server knows base64, which the openai package would ask for by itself.
      const answer = await server.post('/embeddings', { input, encoding_format: 'float' }, signal)
      const vectors = vectorsIn(answer, texts.length)
      if (!vectors) throw server.unusable('sent no vector for each text')
      return vectors
    },
  }
}

/** Null when there is not one sound vector for each text, all as long as the first. */
function vectorsIn(answer: unknown, count: number): Float32Array[] | null {
  const data = (answer as { data?: unknown } | null)?.data
  if (!Array.isArray(data) || data.length !== count) return null
  const vectors: Float32Array[] = []
  for (const [nth, item] of (data as { index?: unknown; embedding?: unknown }[]).entries()) {
    const vector = toUnit(item.embedding)
    if (vector) vectors[typeof item.index === 'number' ? item.index : nth] = vector
  }
  const length = vectors[0]?.length
  const isWhole = Array.from({ length: count }, (_, at) => vectors[at]?.length === length).every(Boolean)
  return isWhole && vectors.length === count ? vectors : null
}

function toUnit(embedding: unknown): Float32Array | null {
  if (!Array.isArray(embedding)) return null
  const vector = Float32Array.from(embedding as number[])
  const length = Math.hypot(...vector)
  return length > 0 && Number.isFinite(length) ? vector.map((value) => value / length) : null
}
