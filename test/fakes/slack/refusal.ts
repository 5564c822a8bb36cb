// What a Web API method throws to answer `{ok: false, error}`.

export class Refusal extends Error {
  readonly code: string
  readonly extra: Record<string, unknown>

  constructor(code: string, extra: Record<string, unknown> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.extra = extra
  }
}
