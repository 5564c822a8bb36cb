// Requests as a worker would make them.
import type { TranslateRequest } from '../../src/translation/model.ts'

export function requestOf(
  rest: Partial<TranslateRequest> & Pick<TranslateRequest, 'text' | 'to'>,
): TranslateRequest {
  return { workspace: 'slack:T1', channel: 'C1', session: 's', signal: AbortSignal.timeout(60_000), ...rest }
}
