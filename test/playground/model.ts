// Which model answers: a real one found on this machine, or the rehearsal; and whether a real one has turned up since.

import type { Endpoint } from '../../src/llm/detect.ts'
import { findModel, isExaone, type World } from '../demo/world.ts'
import type { ModelInfo } from './view.ts'

const LOOK_MS = 5_000

export interface ModelChoice extends AsyncDisposable {
  info(): ModelInfo
  /** Null when there is nothing to change to; else the environment for the app's next start. */
  useFound(): Record<string, string> | null
  /** Only the rehearsal can be switched off. */
  turn(on: boolean): Promise<void>
}

export function createModelChoice({ rehearsal, endpoint, envFor }: World, changed: () => void): ModelChoice {
  let current = endpoint
  let found: Endpoint | null = null
  let isUp = true
  const look = async (): Promise<void> => {
    if (current) return
    const before = found?.baseUrl
    found = await findModel()
    if (found?.baseUrl !== before) changed()
  }
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  return {
    info: () => ({
      kind: !current ? 'rehearsal' : isExaone(current) ? 'exaone' : 'other',
      name: current?.model ?? rehearsal.model,
      url: current?.baseUrl ?? rehearsal.baseUrl,
      isUp,
      found: current ? null : (found?.model ?? null),
    }),
    useFound() {
      if (!found) return null
      current = found
      return envFor(current)
    },
    async turn(on) {
      if (current) throw new Error('A real model is not switched off from here.')
      if (on === isUp) return
      await (on ? rehearsal.up() : rehearsal.down())
      isUp = on
      changed()
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
    },
  }
}
