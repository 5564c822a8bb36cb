// The fake Discord as the page shows it: threads under the message that they began at, forum posts with their title.
import type { FakeDiscord, SeenInteraction, SeenMessage, SeenThread } from '../fakes/discord/index.ts'
import type { Cast } from './cast.ts'
import type { Meta, Part, ViewMessage } from './view.ts'

const DANGER = 4
const PRIMARY = 1

/** Every message, threads under their roots; `times` is filled in by the board. */
export function discordMessages(discord: FakeDiscord, cast: Cast): ViewMessage[] {
  const commands = usedCommands(discord, cast)
  const view = (message: SeenMessage, room: string, thread: SeenThread | null): ViewMessage =>
    toView(discord, message, { room, thread, used: commands.get(message.id) ?? null, cast })
  const rooms = cast.rooms.discord.flatMap(({ id, kind }) => {
    const threads = discord.threads(id)
    const inRoom = kind === 'forum' ? [] : discord.messages(id).map((message) => view(message, id, null))
    const inThreads = threads.flatMap((thread) =>
      discord.messages(thread.id).map((message) => view(message, id, thread)),
    )
    return [...titled(inRoom, threads), ...inThreads]
  })
  const direct = cast.people.flatMap(({ discord: user }) =>
    discord.messages(user).map((message) => view(message, `dm:${user}`, null)),
  )
  return [...rooms, ...direct]
}

/** A message with a thread shows the thread's name. */
function titled(messages: ViewMessage[], threads: readonly SeenThread[]): ViewMessage[] {
  const names = new Map(threads.map((thread) => [thread.id, thread.name]))
  return messages.map((message) => ({ ...message, title: names.get(message.id) ?? null }))
}

function usedCommands(discord: FakeDiscord, cast: Cast): Map<string, ViewMessage['used']> {
  const users = new Map<string, string>(cast.people.map((one) => [one.discord, one.discord]))
  const used = new Map<string, ViewMessage['used']>()
  for (const { record } of discord.interactions() as readonly SeenInteraction[]) {
    const { responseMessageId, commandName, commandType, kind, userId } = record
    if (kind !== 'command' || responseMessageId === null || commandName === null) continue
    const command = commandType === 1 ? `/${commandName}` : commandName
    used.set(responseMessageId, { user: users.get(userId) ?? userId, command })
  }
  return used
}

interface Around {
  room: string
  thread: SeenThread | null
  used: ViewMessage['used']
  cast: Cast
}

function toView(
  discord: FakeDiscord,
  message: SeenMessage,
  { room, thread, used, cast }: Around,
): ViewMessage {
  const isPost = thread !== null && thread.id === message.id
  const tagNames = cast.rooms.discord.find(({ id }) => id === room)?.tags ?? {}
  return {
    id: message.id,
    platform: 'discord',
    room,
    parent: thread && !isPost ? thread.id : null,
    author: message.authorId,
    isBot: message.authorId === discord.botId,
    title: isPost ? thread.name : null,
    tags: isPost ? thread.appliedTags.map((tag) => tagNames[tag] ?? tag) : [],
    parts: partsOf(message),
    buttons: message.buttons.map(({ customId, label, style, disabled }) => ({
      id: customId ?? '',
      value: '',
      label,
      style: style === DANGER ? 'danger' : style === PRIMARY ? 'primary' : 'plain',
      disabled: disabled || customId === null,
    })),
    files: [],
    reactions: Object.entries(message.reactions).map(([emoji, users]) => ({ emoji, users })),
    onlyFor: cast.people.find((one) => one.name === message.ephemeralTo)?.discord ?? message.ephemeralTo,
    isGrowing: message.thinking || message.buttons.some((button) => button.customId?.startsWith('stop')),
    isEdited: message.edited && message.authorId !== discord.botId,
    replyTo: replyOf(discord, message),
    used,
    times: null,
  }
}

function partsOf(message: SeenMessage): Part[] {
  const texts = [message.content, ...textsIn(message.components)]
  return texts.filter((text) => text.trim() !== '').map((text) => ({ kind: 'markdown', text }))
}

/** Text displays of the newer component layout. */
function textsIn(components: readonly Readonly<Record<string, unknown>>[]): string[] {
  return components.flatMap((component) => {
    if (component['type'] === 10) return [String(component['content'] ?? '')]
    const inner = component['components']
    return Array.isArray(inner) ? textsIn(inner) : []
  })
}

function replyOf(discord: FakeDiscord, message: SeenMessage): ViewMessage['replyTo'] {
  if (message.reference === null) return null
  const original = discord.message(message.reference)
  return original ? { author: original.authorId, text: original.content.slice(0, 80).toWellFormed() } : null
}

export function discordMeta(discord: FakeDiscord, cast: Cast): Meta['discord'] {
  const typing: Meta['discord']['typing'] = {}
  for (const { id } of cast.rooms.discord) {
    for (const place of [id, ...discord.threads(id).map((thread) => thread.id)]) {
      const names = discord.typing(place)
      if (names.length > 0) typing[place] = names
    }
  }
  for (const { discord: user } of cast.people) {
    const channel = discord.messages(user)[0]?.channelId
    const names = channel ? discord.typing(channel) : []
    if (names.length > 0) typing[`dm:${user}`] = names
  }
  return { typing }
}
