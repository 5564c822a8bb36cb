// What a person sees: messages with their buttons and reactions, and how an interaction looks to the one who started it.

import { LOADING, SUPPRESS_EMBEDS, toAttachment } from '../messages/payload.ts'
import type { InteractionState, Json, MessageRecord } from '../model.ts'
import { findMessage, type World } from '../world.ts'

export interface SeenButton {
  customId: string | null
  label: string
  style: number
  disabled: boolean
  url: string | null
}

export interface SeenMessage {
  id: string
  channelId: string
  /** name as given to the fake */
  author: string
  authorId: string
  content: string
  embeds: Json[]
  components: Json[]
  buttons: SeenButton[]
  attachments: { id: string; name: string; url: string; contentType: string; size: number }[]
  /** id of the message replied to */
  reference: string | null
  flags: number
  /** the bot "is thinking" */
  thinking: boolean
  suppressesEmbeds: boolean
  /** name of the only person who sees it */
  ephemeralTo: string | null
  edited: boolean
  reactions: Record<string, string[]>
  nonce: string | number | null
  threadId: string | null
  createdAt: number
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

export function buttonsOf(components: Json[]): SeenButton[] {
  return components.flatMap((component) => {
    if (component.type !== 2)
      return buttonsOf([
        ...list(component.components),
        ...list(component.accessory ? [component.accessory] : []),
      ])
    const emoji = component.emoji as Json | undefined
    return [
      {
        customId: typeof component.custom_id === 'string' ? component.custom_id : null,
        label: String(component.label ?? emoji?.name ?? ''),
        style: Number(component.style),
        disabled: component.disabled === true,
        url: typeof component.url === 'string' ? component.url : null,
      },
    ]
  })
}

export function toSeen(world: World, message: MessageRecord): SeenMessage {
  const nameOf = (id: string) => world.users.get(id)?.name ?? id
  return {
    id: message.id,
    channelId: message.channelId,
    author: nameOf(message.authorId),
    authorId: message.authorId,
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    buttons: buttonsOf(message.components),
    attachments: message.attachments.map((a) => ({
      id: a.id,
      name: a.filename,
      url: String(toAttachment(world, a).url),
      contentType: a.contentType,
      size: a.size,
    })),
    reference: message.reference?.messageId ?? null,
    flags: message.flags,
    thinking: (message.flags & LOADING) !== 0,
    suppressesEmbeds: (message.flags & SUPPRESS_EMBEDS) !== 0,
    ephemeralTo: message.ephemeralTo === null ? null : nameOf(message.ephemeralTo),
    edited: message.editedAt !== null,
    reactions: Object.fromEntries(
      [...message.reactions].map(([emoji, ids]) => [emoji, [...ids].map(nameOf)]),
    ),
    nonce: message.nonce,
    threadId: message.threadId,
    createdAt: message.createdAt,
  }
}

/** A live view: its properties change as the bot answers. Wait on them with `discord.until`. */
export interface SeenInteraction {
  readonly id: string
  readonly token: string
  /** waiting → thinking → answered; or failed, modal, acknowledged (type 6), choices */
  readonly state: 'waiting' | 'thinking' | 'answered' | 'acknowledged' | 'modal' | 'choices' | 'failed'
  readonly thinking: boolean
  readonly ephemeral: boolean
  /** text of the first answer, '' before there is one */
  readonly content: string
  /** the first answer, unless deleted */
  readonly answer: SeenMessage | null
  /** the first answer and the followups */
  readonly messages: SeenMessage[]
  /** "The application did not respond" */
  readonly error: string | null
  readonly choices: { name: string; value: string | number }[] | null
  readonly modal: Json | null
  /** for the fake's own use: the record behind the view */
  readonly record: InteractionState
}

export function toSeenInteraction(world: World, record: InteractionState): SeenInteraction {
  const answer = () => {
    const message =
      record.responseMessageId === null ? undefined : findMessage(world, record.responseMessageId)
    return message ? toSeen(world, message) : null
  }
  return {
    record,
    id: record.id,
    token: record.token,
    get state() {
      if (record.failure !== null) return 'failed'
      if (record.callback === null) return 'waiting'
      if (record.callback === 8) return 'choices'
      if (record.callback === 9) return 'modal'
      if (record.callback === 6) return 'acknowledged'
      return record.unfilled ? 'thinking' : 'answered'
    },
    get thinking() {
      return record.unfilled && record.failure === null
    },
    get ephemeral() {
      return record.ephemeral
    },
    get content() {
      return answer()?.content ?? ''
    },
    get answer() {
      return answer()
    },
    get messages() {
      const ids = record.messageIds.map((id) => findMessage(world, id))
      return ids.filter((m) => m !== undefined).map((m) => toSeen(world, m))
    },
    get error() {
      return record.failure
    },
    get choices() {
      return record.choices as { name: string; value: string | number }[] | null
    },
    get modal() {
      return record.modal
    },
  }
}

/** One line per call or message, for failures of `until`. */
export function describeWorld(world: World): string {
  const calls = world.calls
    .slice(-8)
    .map((c) => `  ${c.status} ${c.method} ${c.path} ${JSON.stringify(c.body)?.slice(0, 160)}`)
  const messages = [...world.channels.values()]
    .flatMap((channel) =>
      channel.log
        .page({ limit: 4 })
        .reverse()
        .map((m) => ({ channel, m })),
    )
    .slice(-12)
    .map(
      ({ channel, m }) =>
        `  #${channel.name || 'DM'} ${world.users.get(m.authorId)?.name}: ${m.content.slice(0, 120)}`,
    )
  const violations = world.violations
    .slice(-4)
    .map((v) => `  ${v.direction} ${v.route}: ${v.problems.join('; ')}`)
  return [
    'Last calls:',
    ...calls,
    'Messages:',
    ...messages,
    ...(violations.length > 0 ? ['Violations:', ...violations] : []),
  ].join('\n')
}
