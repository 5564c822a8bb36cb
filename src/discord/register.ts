// Registers the commands with Discord, for everyone or, to try them out at once, in one server. Replaces all that were.
import { createDiscordApi } from './api.ts'
import { toBotError } from './failure.ts'

export interface RegisterOptions {
  token: string
  applicationId: string
  apiUrl?: string
  /** A server's id; without it the commands are global. */
  guild?: string
}

/** Resolves with how many commands Discord now has. */
export async function registerDiscordCommands(options: RegisterOptions, body: object[]): Promise<number> {
  const { applicationId, guild } = options
  const scope = guild ? (`/guilds/${guild}` as const) : ''
  const answer = await createDiscordApi(options).call<unknown[]>({
    method: 'PUT',
    path: `/applications/${applicationId}${scope}/commands`,
    body,
  })
  if (answer.outcome !== 'ok') throw toBotError(answer, `application ${applicationId}`)
  return answer.value.length
}
