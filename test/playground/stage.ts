// Everything behind the page, opened in order and closed again: the world, the app in its own process, the board.
import { fileURLToPath } from 'node:url'
import { COMMANDS } from '../../commands/index.ts'
import { BOT_NAME, openWorld, type World } from '../demo/world.ts'
import type { Stage } from './acts.ts'
import { createBoard } from './board.ts'
import { type Cast, furnish, GUILD, type Preset, presetsOf } from './cast.ts'
import { createControls } from './controls.ts'
import { shiftToDay } from './daytime.ts'
import { createForms } from './forms.ts'
import { importShop } from './knowledge.ts'
import { createModelChoice } from './model.ts'
import { rehearseShop } from './rehearsal.ts'
import { createUploads } from './uploads.ts'

const APP = fileURLToPath(new URL('./app.ts', import.meta.url))
const LATENCY = { prefillMs: 350, perPromptTokenMs: 0, itlMs: 30, jitter: 0.3 }

export interface OpenStage extends Stage, AsyncDisposable {}

export interface StageOptions {
  /** Whether to look for a real model; tests do not. */
  detect: boolean
  /** Between two words of the rehearsal model; slow enough to be watched when left out. */
  itlMs?: number
  /** False: nobody waits for a platform's limits, nor long for the model's first word. */
  hasLimits?: boolean
}

/** Resolves when the page can be shown; the app may still be starting. */
export async function openStage(options: StageOptions): Promise<OpenStage> {
  await using opening = new AsyncDisposableStack()
  const { itlMs = LATENCY.itlMs, hasLimits = true } = options
  const shiftMs = shiftToDay(Date.now())
  let presets: Preset[] = []
  const world = opening.use(
    await openWorld({
      latency: { ...LATENCY, itlMs, ...(hasLimits ? {} : { prefillMs: 20 }) },
      hasLimits,
      detect: options.detect,
      prepare: (dataDir) => importShop(dataDir, presets),
      main: APP,
      // The page about the order API names the host.
      env: { LINK_HOSTS: 'api.dalgogae.example', APP_CLOCK_SHIFT_MS: String(shiftMs) },
    }),
  )
  world.rehearsal.reply(rehearseShop)
  const cast = await furnish(world)
  presets = presetsOf(world, cast)
  // They need the board, and the board shows them.
  const changed = (): void => board.changed()
  const model = opening.use(createModelChoice(world, changed))
  const controls = opening.use(createControls(world, model, changed))
  const forms = createForms(world, changed)
  const hello = { ...helloOf(world, cast), isNight: shiftMs !== 0 }
  const board = opening.use(
    createBoard(world, cast, hello, () => ({
      app: world.isPrepared ? world.app.state : 'starting',
      restarts: controls.restarts,
      model: model.info(),
      twice: controls.twice,
      busySeconds: controls.busySeconds(),
      forms: { slack: forms.open('slack'), discord: forms.open('discord') },
    })),
  )
  world.app.onState(changed)
  const opened = opening.move()
  const stage: Stage = { world, cast, board, controls, forms, model, uploads: createUploads() }
  return { ...stage, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** What does not change while the page is open. */
function helloOf({ slack, discord }: World, cast: Cast): object {
  const bot = { name: BOT_NAME, slack: slack.botUserId, discord: discord.botId }
  const commands = COMMANDS.map(({ name, nameKo, summary, usage, options, surfaces, menu, staffOnly }) => ({
    name,
    nameKo,
    summary,
    usage,
    surfaces,
    menu,
    staffOnly: staffOnly ?? false,
    options: options.map(({ complete, ...option }) => ({ ...option, completes: complete !== undefined })),
  }))
  return { bot, people: cast.people, rooms: cast.rooms, commands, guild: GUILD }
}
