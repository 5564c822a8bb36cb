// What is put into the index and what comes back; the rest of the knowledge base turns its own rows into these.

export interface Passage {
  id: number
  title: string
  /** Outermost first. */
  headings: readonly string[]
  text: string
  /** The text in the other language, found as well as the text itself. */
  translation?: string
}

export interface Hit {
  id: number
  score: number
  /** How much of what was asked the passage has, 0 to 1: the gate's evidence. */
  coverage: number
}
