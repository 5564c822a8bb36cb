// What a person does in the Discord-like channel, played on the fake Discord.
import type { World } from '../demo/world.ts'
import type { SeenInteraction } from '../fakes/discord/index.ts'
import type { Deed, Stage } from './acts.ts'
import type { Cast, Person } from './cast.ts'

/** Discord's own limit, after which the client says "did not respond". */
const INTERACTION_MS = 3_500

export async function playOnDiscord(stage: Stage, person: Person, deed: Deed): Promise<object> {
  const { discord } = stage.world
  const user = discord.user(person.name)
  switch (deed.do) {
    case 'say':
      return say(stage, person, deed)
    case 'post':
      return post(stage, person, deed)
    case 'edit':
      user.edit(deed.id, mentions(stage.world, stage.cast, deed.text))
      return {}
    case 'delete':
      user.delete(deed.id)
      return {}
    case 'react':
      if (deed.on) user.react(deed.id, deed.emoji)
      else user.unreact(deed.id, deed.emoji)
      return {}
    case 'press':
      return settled(stage.world, user.click(deed.id, deed.button))
    case 'command':
      return command(stage, person, deed)
    case 'complete': {
      const where = deed.thread ?? placeOf(deed.room)
      return { choices: await user.autocomplete(deed.name, deed.values, deed.focused, where) }
    }
    case 'menu':
      return menu(stage, person, deed)
    case 'open-dm':
    case 'stop':
      return {}
  }
}

const placeOf = (room: string): string => (room.startsWith('dm:') ? 'dm' : room)

/** `@name` becomes the mention that Discord's client would make of it; `@everyone` stays as it is. */
function mentions({ discord }: World, cast: Cast, text: string): string {
  const named = cast.people.reduce((all, one) => all.replaceAll(`@${one.name}`, `<@${one.discord}>`), text)
  return named.replaceAll(/@damso/gi, discord.botMention)
}

function twice({ controls, world }: Stage): void {
  const times = controls.takeTimes()
  if (times > 1) world.discord.duplicateNext('MESSAGE_CREATE', times)
}

function say(stage: Stage, person: Person, deed: Extract<Deed, { do: 'say' }>): object {
  const { board, cast, uploads, world } = stage
  const { uploads: files, shown } = uploads.add(deed.files)
  const user = world.discord.user(person.name)
  twice(stage)
  const at = Date.now()
  const { id } = user.say(deed.thread ?? placeOf(deed.room), mentions(world, cast, deed.text), {
    replyTo: deed.replyTo ?? undefined,
    attachments: files.map(({ name, mime, bytes }) => ({ name, bytes, contentType: mime })),
  })
  board.asked(id, { platform: 'discord', room: deed.room, thread: deed.thread ?? id }, at)
  if (shown.length > 0) board.attached('discord', id, shown)
  return { id }
}

function post(stage: Stage, person: Person, deed: Extract<Deed, { do: 'post' }>): object {
  const { board, cast, uploads, world } = stage
  const { uploads: files, shown } = uploads.add(deed.files)
  twice(stage)
  const at = Date.now()
  const { threadId } = world.discord.user(person.name).post(deed.room, {
    title: deed.title,
    text: mentions(world, cast, deed.text),
    tags: deed.tags,
    attachments: files.map(({ name, mime, bytes }) => ({ name, bytes, contentType: mime })),
  })
  board.asked(threadId, { platform: 'discord', room: deed.room, thread: threadId }, at)
  if (shown.length > 0) board.attached('discord', threadId, shown)
  return { id: threadId }
}

function command(stage: Stage, person: Person, deed: Extract<Deed, { do: 'command' }>): Promise<object> {
  const { board, world } = stage
  const at = Date.now()
  const where = deed.thread ?? placeOf(deed.room)
  const seen = world.discord.user(person.name).command(deed.name, deed.values, where)
  board.asked(seen.id, { platform: 'discord', room: deed.room, thread: null }, at)
  return settled(world, seen)
}

function menu(stage: Stage, person: Person, deed: Extract<Deed, { do: 'menu' }>): Promise<object> {
  const { board, world } = stage
  const at = Date.now()
  const seen = world.discord.user(person.name).messageCommand(deed.name, deed.id)
  const channel = world.discord.message(deed.id)?.channelId ?? ''
  const room = world.discord.thread(channel)?.parentId ?? channel
  board.asked(seen.id, { platform: 'discord', room, thread: null }, at)
  return settled(world, seen)
}

/** Waits for the first response, as the person does who looks at it. */
async function settled({ discord }: World, seen: SeenInteraction): Promise<object> {
  await discord.until(() => seen.state !== 'waiting', { timeoutMs: INTERACTION_MS, what: 'a response' })
  if (seen.error) throw new Error(`Discord: ${seen.error}`)
  return {}
}
