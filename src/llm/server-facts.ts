// What the model server says about itself at /v1/models, asked once and kept: the id, the context length, the profile.

import type OpenAI from 'openai'
import { BotError, isBotError } from '../core/error.ts'
import { assumedContextTokens } from './budget.ts'
import type { Deadlines } from './deadlines.ts'
import { modelFailures, type Scene, toModelFailure } from './failure.ts'
import type { Family, ModelInfo, Profile } from './model.ts'
import { profileFor } from './profiles.ts'

export interface ServerFacts {
  readonly id: string
  readonly profile: Profile
  info(): Promise<ModelInfo>
  /** It has served the model before. */
  readonly isKnown: boolean
  /** Throws BotError when there is no server or it lacks the model. */
  ready(signal: AbortSignal): Promise<{ maxModelLen: number; scene: Scene }>
  /** Optional keys that the server, as it was last started, does not take. */
  readonly refused: Set<string>
  /** The server may have been restarted with another model, length or flags: ask again next time. */
  forget(): void
}

interface Served {
  id: string
  maxModelLen: number
  /** The weights behind an alias: vLLM's `root` with `--served-model-name`. */
  root: string
}

export function createServerFacts(input: {
  client: OpenAI
  config: { baseUrl: string; model?: string; profile?: Family }
  deadlines: Deadlines
}): ServerFacts {
  const { client, config, deadlines } = input
  let served: Served | undefined
  let stale = true
  const refused = new Set<string>()
  const scene = (): Scene => ({
    server: toServerName(config.baseUrl),
    model: served?.id ?? config.model ?? '',
    streaming: false,
  })
  const ask = async (signal: AbortSignal): Promise<Served> => {
    try {
      const { data } = await client.models.list({ signal, timeout: deadlines.connectMs })
      return choose(data, { wanted: config.model, known: served?.id }, scene())
    } catch (error) {
      if (signal.aborted) throw modelFailures.aborted(signal.reason)
      refused.clear()
      throw toModelFailure(error, scene())
    }
  }
  const known = async (signal: AbortSignal): Promise<Served> => {
    if (served && !stale) return served
    served = await ask(signal)
    stale = false
    return served
  }
  return {
    get id() {
      return served?.id ?? config.model ?? ''
    },
    get profile() {
      return profileFor(served?.root ?? config.model ?? '', config.profile)
    },
    get isKnown() {
      return served !== undefined
    },
    async info() {
      try {
        stale = true
        const served = await known(new AbortController().signal)
        const { rehearsal } = profileFor(served.root, config.profile)
        return { ok: true, id: served.id, maxModelLen: served.maxModelLen, rehearsal }
      } catch (error) {
        if (isBotError(error)) return { ok: false, error }
        throw error
      }
    },
    async ready(signal) {
      const { maxModelLen } = await known(signal).catch((error: unknown) => assume(error, config.model))
      return { maxModelLen, scene: scene() }
    },
    refused,
    forget() {
      stale = true
      refused.clear()
    },
  }
}

/** A gateway without /v1/models still answers chats, if we know what to ask for. */
function assume(error: unknown, model: string | undefined): Pick<Served, 'maxModelLen'> {
  const hasNoList = error instanceof BotError && error.code === 'model-not-found' && error.cause !== undefined
  if (hasNoList && model) return { maxModelLen: assumedContextTokens }
  throw error
}

/** `known`: what it has served before. One that never had the model is asked for the wrong one. */
function choose(
  list: readonly OpenAI.Model[],
  { wanted, known }: { wanted: string | undefined; known: string | undefined },
  scene: Scene,
): Served {
  const ids = list.map((item) => item.id)
  const found = wanted ? list.find((item) => item.id === wanted) : list[0]
  if (!found && (ids.length === 0 || wanted === known)) throw modelFailures.modelAway(scene, ids)
  if (!found) throw modelFailures.noModel(scene, ids)
  const card: OpenAI.Model & { max_model_len?: unknown; root?: unknown } = found
  const named = profileFor(found.id).family !== 'plain' && found.id.includes('/')
  return {
    id: found.id,
    maxModelLen: typeof card.max_model_len === 'number' ? card.max_model_len : assumedContextTokens,
    root: !named && typeof card.root === 'string' && card.root ? card.root : found.id,
  }
}

/** For hints: no user, password or query. */
export function toServerName(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return 'the model server'
  const { origin, pathname } = new URL(baseUrl)
  return `${origin}${pathname}`
}
