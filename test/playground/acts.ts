// What the page may ask for: one act at a time, as one of the people. Checked here, played on the fakes.
import { z } from 'zod'
import type { World } from '../demo/world.ts'
import type { Board } from './board.ts'
import type { Cast, Person } from './cast.ts'
import type { Controls } from './controls.ts'
import { playOnDiscord } from './discord-acts.ts'
import type { Forms } from './forms.ts'
import type { ModelChoice } from './model.ts'
import { playOnSlack } from './slack-acts.ts'
import type { Uploads } from './uploads.ts'

const text = z.string().max(20_000)
const id = z.string().max(64)
const file = z.object({ name: z.string().max(100), mime: z.string().max(100), base64: z.base64() })
const files = z.array(file).max(4).default([])
const value = z.union([z.string().max(6_000), z.boolean()])
const values = z.record(z.string().max(32), value)
const thread = id.nullable().default(null)

const deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('say'), room: id, thread, text, files, replyTo: thread }),
  z.object({
    do: z.literal('post'),
    room: id,
    title: z.string().min(1).max(100),
    text,
    tags: z.array(id),
    files,
  }),
  z.object({ do: z.literal('edit'), id, text }),
  z.object({ do: z.literal('delete'), id }),
  z.object({ do: z.literal('react'), id, emoji: z.string().max(64), on: z.boolean() }),
  z.object({ do: z.literal('press'), id, button: z.string().max(255), value: z.string().max(2_000) }),
  z.object({
    do: z.literal('command'),
    room: id,
    thread,
    name: z.string().max(32),
    text,
    values: values.default({}),
  }),
  z.object({ do: z.literal('complete'), room: id, thread, name: z.string().max(32), values, focused: id }),
  z.object({ do: z.literal('menu'), id, name: z.string().max(64) }),
  z.object({
    do: z.literal('submit'),
    form: id,
    values: z.record(z.string().max(64), z.string().max(6_000)),
  }),
  z.object({ do: z.literal('close'), form: id }),
  z.object({ do: z.literal('open-dm') }),
  z.object({ do: z.literal('stop'), thread: id }),
])
/** All but what is done with forms, which is the same on both. */
export type Deed = Exclude<z.infer<typeof deed>, { do: 'submit' | 'close' }>

const control = z.object({
  control: z.enum(['kill', 'restart', 'twice', 'refuse', 'model', 'use-found']),
  on: z.boolean().default(true),
})

const act = z.union([
  control,
  z.object({ platform: z.enum(['slack', 'discord']), as: z.string().max(32), act: deed }),
])

export interface Stage {
  world: World
  cast: Cast
  board: Board
  controls: Controls
  forms: Forms
  model: ModelChoice
  uploads: Uploads
}

/** Resolves with what the page should know, if anything; rejects with a sentence for the person at the page. */
export async function play(stage: Stage, body: unknown): Promise<object> {
  const parsed = act.safeParse(body)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  if ('control' in parsed.data) {
    await steer(stage, parsed.data)
    return {}
  }
  const { platform, as, act: what } = parsed.data
  const person = personOf(stage.cast, as)
  if (what.do === 'submit') return stage.forms.submit(platform, person, what.form, what.values)
  if (what.do === 'close') {
    stage.forms.close(platform, person, what.form)
    return {}
  }
  return platform === 'slack' ? playOnSlack(stage, person, what) : playOnDiscord(stage, person, what)
}

async function steer({ controls, model }: Stage, order: z.infer<typeof control>): Promise<void> {
  switch (order.control) {
    case 'kill':
      return controls.kill()
    case 'restart':
      return controls.restart()
    case 'twice':
      return controls.deliverTwice(order.on)
    case 'refuse':
      return controls.refuseSlack()
    case 'model':
      return model.turn(order.on)
    case 'use-found':
      return controls.useFoundModel()
  }
}

function personOf(cast: Cast, key: string): Person {
  const person = cast.people.find((one) => one.key === key)
  if (!person) throw new Error(`There is nobody called ${key}.`)
  return person
}
