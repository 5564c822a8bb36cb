// The model that a command talks to: the one it is told, or the one of the configuration.
import type { Config } from '../config.ts'
import { lightFetch } from '../light-fetch.ts'
import { createModel } from '../llm/client.ts'
import type { Model } from '../llm/model.ts'
import type { Io } from './io.ts'

export function modelOf(config: Config, asked: { baseUrl?: string; id?: string }, { clock }: Io): Model {
  return createModel({
    baseUrl: asked.baseUrl ?? config.EXAONE_BASE_URL,
    apiKey: config.EXAONE_API_KEY,
    model: asked.id ?? (asked.baseUrl ? undefined : config.EXAONE_MODEL),
    profile: asked.id || asked.baseUrl ? undefined : config.EXAONE_PROFILE,
    fetch: lightFetch,
    clock,
  })
}
