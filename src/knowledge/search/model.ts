// What search by meaning is made of, and what it wants of the servers that help: clients are made elsewhere.

/** Which way a passage points among all meanings: what is near points nearly the same way. */
export interface PassageVector {
  chunk: string
  /** The document's title when it was made. */
  title: string
  /** One for each dimension; the length says nothing. */
  vector: Int8Array
}

/** Turns texts into vectors; a server of its own. */
export interface Embedder {
  /** Says what passages' vectors were made with: those of another maker are of no use. */
  readonly maker: string
  /** A vector of length 1 for each text, in order. Throws BotErrors. */
  embed(kind: 'question' | 'passage', texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}

/** Reads question and passage together, which is slower and sees more; a server of its own. */
export interface Reranker {
  /** How well each document answers, in their order; higher is better. Throws BotErrors. */
  rerank(question: string, documents: readonly string[], signal: AbortSignal): Promise<number[]>
}
