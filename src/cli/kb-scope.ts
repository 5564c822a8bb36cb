// Whose documents a kb command is about: the platforms' own ids, as operators copy them, in the words of the database.
import type { Scope } from '../knowledge/model.ts'
import { ArgumentError } from './io.ts'

export interface NamedScope extends Scope {
  /** False when no workspace was given: then every workspace is meant. */
  isNamed: boolean
}

/** A Slack team or organisation (T…, E…), a Discord server (digits), or either as `kb list` shows it. */
export function parseScope({ workspace, audience }: { workspace?: string; audience: string }): NamedScope {
  const owner = workspace === undefined ? '*' : workspaceOf(workspace.trim())
  const channel = audience.trim()
  if (channel === '' || channel.includes(':'))
    return { workspace: owner, audience: channel, isNamed: workspace !== undefined }
  if (owner === '*') throw new ArgumentError('--audience', 'name the --workspace of that channel too')
  return { workspace: owner, audience: `${owner}:${channel}`, isNamed: true }
}

function workspaceOf(id: string): string {
  if (id === '*' || /^(?:slack|discord):\w+$/.test(id)) return id
  if (/^\d{15,20}$/.test(id)) return `discord:${id}`
  if (/^[TE][A-Z0-9]+$/.test(id)) return `slack:${id}`
  throw new ArgumentError('--workspace', 'a Slack team (T0123ABC) or a Discord server (its number)')
}
