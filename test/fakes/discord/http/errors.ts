// The error answers of Discord's API: HTTP status, JSON code and text.
// Source: discord-api-docs topics/opcodes-and-status-codes.mdx "JSON Error Codes".
import type { Json } from '../model.ts'

export class ApiError extends Error {
  readonly status: number
  readonly code: number
  readonly errors: Json | undefined

  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
  }

  toBody(): Json {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) }
  }
}

const known: Record<number, [status: number, message: string]> = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
  40005: [413, 'Request entity too large. Try sending something smaller'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [400, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
}

export function apiError(code: number): ApiError {
  const [status, message] = known[code] ?? [400, `Error ${code}`]
  return new ApiError(status, code, message)
}

export interface FieldProblem {
  path: (string | number)[]
  code: string
  message: string
}

/** Nested `errors` as in discord-api-docs reference.mdx "Error Messages": {field: {0: {_errors: [{code, message}]}}}. */
export function formError(problems: FieldProblem[]): ApiError {
  const errors: Json = {}
  for (const problem of problems) {
    let node = errors
    for (const key of problem.path) {
      node[String(key)] ??= {}
      node = node[String(key)] as Json
    }
    node._errors ??= []
    ;(node._errors as Json[]).push({ code: problem.code, message: problem.message })
  }
  return new ApiError(400, 50035, 'Invalid Form Body', errors)
}
