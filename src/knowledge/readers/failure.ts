// What a reader throws when a file cannot be read for a reason we foresee. The sentence is made in problems.ts.
import type { ProblemCode } from '../model.ts'

export class ReadFailure extends Error {
  readonly code: ProblemCode
  /** A number or a name for the sentence: a limit, a kind of file. */
  readonly detail: string

  constructor(code: ProblemCode, detail = '', cause?: unknown) {
    super(`${code}${detail && `: ${detail}`}`, { cause })
    this.name = 'ReadFailure'
    this.code = code
    this.detail = detail
  }
}
