// The one error for what we foresee. Users read say(lang), operators read hint; anything else crashes up to the worker loop.

/** The languages in which Damso speaks to people. */
export type Lang = 'ko' | 'en'

/** A sentence in both languages. */
export type Both = Readonly<Record<Lang, string>>

export interface BotErrorOptions {
  /** True when the same work may succeed later without anyone changing anything. */
  retryable: boolean
  /** What the person is told; never contains ids, secrets or another person's text. */
  say: Both
  /** What the operator should do next; no secrets, no user text. */
  hint: string
  cause?: unknown
  /** When the other side said how long to wait, in ms. */
  retryAfterMs?: number
}

/** A failure that we foresaw: `code` is stable and is what tests, metrics and the operator's commands name. */
export class BotError extends Error {
  readonly code: string
  readonly retryable: boolean
  readonly hint: string
  readonly retryAfterMs: number | null
  readonly #say: Both

  constructor(code: string, options: BotErrorOptions) {
    super(`${code}: ${options.hint}`, { cause: options.cause })
    this.name = 'BotError'
    this.code = code
    this.retryable = options.retryable
    this.hint = options.hint
    this.retryAfterMs = options.retryAfterMs ?? null
    this.#say = options.say
  }

  say(lang: Lang): string {
    return this.#say[lang]
  }
}

export function isBotError(value: unknown): value is BotError {
  return value instanceof BotError
}

/** What a log says of a failure that was not foreseen. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
}
