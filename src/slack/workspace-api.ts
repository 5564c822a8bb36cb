// Slack's Web API for a workspace: each call goes with the token of that workspace, and with no other.
import type { Answer, Args, WebApi } from './api.ts'
import { NO_TOKEN } from './failure.ts'
import type { Installations } from './installations.ts'

export interface SlackApi {
  /** `refused` without a call where the workspace has no token, or one that Slack refused a moment ago. */
  call(workspace: string, method: string, args: Args): Promise<Answer>
  respond: WebApi['respond']
  readonly installations: Installations
}

export function createSlackApi(web: WebApi, installations: Installations): SlackApi {
  return {
    installations,
    respond: web.respond,
    async call(workspace, method, args) {
      const found = await installations.find(workspace)
      if (found === 'unknown')
        return { outcome: 'lost', wasSent: false, cause: 'Slack has not said whose the tokens are' }
      if (found === null) return { outcome: 'refused', code: NO_TOKEN }
      const refusal = installations.refusal(workspace)
      if (refusal !== null) return { outcome: 'refused', code: refusal }
      const answer = await web.call(found.token, method, args)
      installations.heard(workspace, answer)
      return answer
    },
  }
}
