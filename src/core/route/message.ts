// When it speaks: what becomes of an ordinary message. Whether a thread is ours only the database knows, so that part is
// left as a condition of the insert.
import type { Plan } from '../command.ts'
import type { Decision, Enqueue } from '../decision.ts'
import type { Both } from '../error.ts'
import { callsPerson } from '../hand-over-rule.ts'
import type { MessageInbound } from '../inbound.ts'
import { modeIn } from '../settings.ts'
import { parseTyped, type Typed } from '../verbs.ts'
import { type Access, accessOf, notForYou } from './access.ts'
import { autoOf } from './auto.ts'
import { asCommand, howToAllow, planCommand } from './command.ts'
import { answerTo, isInThread } from './lanes.ts'
import { langOf, langOfCommand, type RouteView } from './view.ts'

/** Longer than any platform's message; a flood costs no more than this. */
const MAX_CHARS = 40_000

/**
 * How a message reaches us. `told`: by mention or direct message. `open`: said to whoever is there, where we answer
 * that. `thread`: ours only if its thread is. `burst`: only as more of what was just asked. `aside`: to somebody else in
 * a thread. `none`: not for us.
 */
type Heard = 'told' | 'open' | 'thread' | 'burst' | 'aside' | 'none'

export function routeMessage(inbound: MessageInbound, view: RouteView): Decision {
  const text = inbound.text.trim().slice(0, MAX_CHARS).toWellFormed()
  const message: MessageInbound = { ...inbound, text }
  const isEmpty = text === '' && message.attachments.length === 0
  const auto = autoOf(message, view)
  if (auto) return { ...auto, relay: toStaff(message, view) }
  const heard = hear(message, view)
  if (heard === 'none') return { type: 'ignore', reason: 'not-for-us' }
  if (isEmpty && !message.mentionsBot) return { type: 'ignore', reason: 'empty' }
  if (message.author.kind === 'bot') return routeBot(message, heard, view)

  const isTold = heard === 'told'
  if (isTold && view.text.asksToBeForgotten(text)) return enqueue(message, heard, view, 'forget')
  const typed = isTold ? parseTyped(text, view.commands, 'mention') : null
  if (typed) return runTyped(typed, message, view)
  if (isOff(message, view)) return toStaff(message, view) ?? { type: 'ignore', reason: 'mode-off' }
  const access = accessOf(message, view.settings)
  if (access !== 'yes') return turnAway(message, heard, access, view)
  if (heard === 'aside') return note(message, view)
  if (message.attachments.length === 0 && view.text.asksToStop(text)) {
    if (isConversation(message, heard)) return stop(message, view)
    if (message.room === 'channel') return stopHere(message, heard, view)
  }
  return listen(message, heard, view)
}

/** In a thread that a person has taken over, what is written goes to them. */
function toStaff(message: MessageInbound, view: RouteView): Enqueue | undefined {
  if (!isInThread(message) && message.replyTo === null) return undefined
  return forStaff(message, 'thread', view)
}

/** Kept only where a person has the conversation. */
function forStaff(message: MessageInbound, heard: Heard, view: RouteView): Enqueue {
  return { ...enqueue(message, heard, view, 'answer'), onlyIf: 'with-staff', quietMs: 0 }
}

/** Where an answer may be being written for this person: a thread or a direct message. */
function isConversation(message: MessageInbound, heard: Heard): boolean {
  return heard === 'thread' || (heard === 'told' && message.room !== 'channel')
}

/** For those who have no Stop button; without a running answer nothing happens. */
function stop(message: MessageInbound, view: RouteView): Decision {
  const { workspace, author } = message
  const { lane } = answerTo(message, view.settings)
  return {
    relay: forStaff(message, 'thread', view),
    type: 'signal',
    signal: {
      ...{ kind: 'stop', workspace, lane, turn: null, place: message.place },
      ...{ author: author.id, isAdmin: author.isAdmin },
    },
  }
}

/** In a channel an answer of theirs may be growing right there. To nobody in particular, "cancel" may be a question. */
function stopHere(message: MessageInbound, heard: Heard, view: RouteView): Decision {
  const { workspace, author, place } = message
  const otherwise = heard === 'told' ? null : listen(message, heard, view)
  return {
    type: 'signal',
    signal: {
      ...{ kind: 'stop', workspace, lane: null, turn: null, place: { ...place, thread: null } },
      ...{ author: author.id, isAdmin: author.isAdmin },
    },
    ...(otherwise?.type === 'enqueue' ? { otherwise } : {}),
  }
}

/** Staff write to customers from their own channel, whatever the mode; what customers write reaches staff all the same. */
function isOff(message: MessageInbound, view: RouteView): boolean {
  if (message.room === 'thread' && message.place.channel === view.settings.staffChannel) return false
  return modeIn(view.settings, message.place.channel) === 'off' && message.room !== 'dm'
}

/** Staff read what it would say before anybody else does. */
function isDrafted(message: MessageInbound, view: RouteView): boolean {
  return modeIn(view.settings, message.place.channel) === 'draft' && message.room !== 'dm'
}

function hear(message: MessageInbound, view: RouteView): Heard {
  const { room, source, place, mentionsBot, mentionsOthers, replyTo } = message
  if (room === 'dm' || mentionsBot) return 'told'
  // A forum post is a question to whoever can answer, even one that names somebody.
  if (room === 'post' && source === place.thread) return 'open'
  if (isInThread(message)) return mentionsOthers ? 'aside' : 'thread'
  if (mentionsOthers) return 'none'
  if (replyTo !== null) return 'thread'
  const mode = modeIn(view.settings, place.channel)
  return mode === 'every' || mode === 'draft' ? 'open' : 'burst'
}

/** Two bots that thank each other never stop: another bot is heard only when it names us, and never reacted to. */
function routeBot(message: MessageInbound, heard: Heard, view: RouteView): Decision {
  const isHeard = message.mentionsBot && accessOf(message, view.settings) === 'yes' && !isOff(message, view)
  if (!isHeard || message.text === '' || view.text.isAcknowledgement(message.text)) {
    return { type: 'ignore', reason: 'bot' }
  }
  return { ...enqueue(message, heard, view, 'answer'), burst: undefined, quietMs: 0 }
}

function listen(message: MessageInbound, heard: Heard, view: RouteView): Decision {
  const { text, attachments } = message
  const isTold = heard === 'told'
  if (attachments.length === 0 && text !== '') {
    if (view.text.isAcknowledgement(text)) return acknowledge(message, heard, view)
    // Means something to a person who has the conversation, and to nobody else.
    if (!isTold && isOnlyEmoji(text)) return onlyToStaff(message, heard, view, 'only-emoji')
  }
  // More of what was just asked joins it as it is, whatever it says.
  if (heard === 'burst') return enqueue(message, heard, view, 'answer')
  if (heard === 'thread' && view.text.asksToBeForgotten(text)) return enqueue(message, heard, view, 'forget')
  if (view.text.asksForPerson(text)) return enqueue(message, heard, view, 'person')
  if (callsPerson(view.settings, { text, channel: message.place.channel })) {
    const call = enqueue(message, heard, view, 'person')
    return { ...call, body: { ...call.body, reason: 'rule' } }
  }
  return enqueue(message, heard, view, 'answer')
}

function acknowledge(message: MessageInbound, heard: Heard, view: RouteView): Decision {
  if (heard !== 'told' && heard !== 'thread') return { type: 'ignore', reason: 'acknowledgement' }
  const emoji = view.text.ackReaction(message.text)
  if (!emoji) return onlyToStaff(message, heard, view, 'acknowledgement')
  const relay = forStaff(message, heard, view)
  const { lane } = answerTo(message, view.settings)
  if (heard === 'told') return { type: 'react', emoji, lane, relay }
  return { type: 'react', emoji, lane, onlyIf: 'thread-is-ours', replyTo: replyToOf(message), relay }
}

function onlyToStaff(message: MessageInbound, heard: Heard, view: RouteView, reason: string): Decision {
  if (heard !== 'thread' && message.room !== 'dm') return { type: 'ignore', reason }
  return forStaff(message, heard, view)
}

/** Inside a thread the lane is known; only in a channel does a reply say which of our messages is meant. */
function replyToOf(message: MessageInbound): string | undefined {
  return message.room === 'channel' ? (message.replyTo ?? undefined) : undefined
}

function enqueue(
  message: MessageInbound,
  heard: Heard,
  view: RouteView,
  kind: 'answer' | 'forget' | 'person',
): Enqueue {
  const isQuestion = kind === 'answer'
  const { text, attachments, room, tags, place } = message
  const isTopLevel = room === 'channel' || (room === 'dm' && place.thread === null)
  const isComplete = view.text.looksComplete(text) || (attachments.length > 0 && text !== '')
  return {
    type: 'enqueue',
    ...answerTo(message, view.settings),
    kind: isQuestion && isDrafted(message, view) ? 'draft' : kind,
    queue: isQuestion ? 'chat' : 'relay',
    ack: 'none',
    text,
    body: { attachments, room, ...(tags ? { tags } : {}) },
    onlyIf: heard === 'thread' ? 'thread-is-ours' : heard === 'burst' ? 'burst-is-open' : undefined,
    burst: isQuestion && isTopLevel && heard !== 'thread' ? place.channel : undefined,
    replyTo: replyToOf(message),
    isTold: heard === 'told',
    quietMs: isQuestion && !isComplete ? view.quiet.ms : 0,
  }
}

function note(message: MessageInbound, view: RouteView): Enqueue {
  return { ...enqueue(message, 'thread', view, 'answer'), isNote: true, quietMs: 0 }
}

/** A thread of ours has to hear that somebody else spoke, even somebody whom it may not answer. */
function turnAway(message: MessageInbound, heard: Heard, access: Access, view: RouteView): Decision {
  if (heard === 'thread' || heard === 'aside') return note(message, view)
  const isSilent = access === 'never' || heard !== 'told'
  if (isSilent || (access === 'not-shared' && message.author.kind !== 'member')) {
    return { type: 'ignore', reason: access }
  }
  return say(
    message,
    view,
    access === 'not-you' ? notForYou(view.settings.who) : howToAllow(message.author, message.place, view),
  )
}

function say(message: MessageInbound, view: RouteView, sentence: Both): Enqueue {
  const lang = langOf(view, message.author, message.text)
  return post(message, view, { content: { text: sentence[lang], lang }, isPrivate: message.room !== 'dm' })
}

/** Something said without the model, as a turn, so that it is posted exactly once. */
function post(
  message: MessageInbound,
  view: RouteView,
  body: { content: object; isPrivate: boolean },
): Enqueue {
  return {
    type: 'enqueue',
    lane: `cmd:${message.source}`,
    kind: 'say',
    queue: 'relay',
    ack: 'none',
    // What only one person sees is shown where they wrote; a thread may not exist there yet.
    place: body.isPrivate ? message.place : answerTo(message, view.settings).place,
    text: '',
    body,
    quietMs: 0,
  }
}

function runTyped(typed: Typed, message: MessageInbound, view: RouteView): Decision {
  const lang = langOfCommand(view, message.author, message.text)
  const planned = planCommand(asCommand(typed.command, typed.options, message), view, lang)
  if (!('type' in planned)) return toTypedEnqueue(planned, message, view)
  if (planned.type === 'reply') {
    // A command's own answer is for everyone who reads the thread; a refusal is not.
    const isPrivate = planned.isPrivate && typed.command.staffOnly === true && message.room !== 'dm'
    return post(message, view, { content: planned.content, isPrivate })
  }
  if (planned.type !== 'form' && planned.type !== 'form-of') return planned
  // A form needs a click or a slash command; say which.
  const text = `\`${view.typed(typed.command, message.place.platform)}\``
  return post(message, view, { content: { text, lang }, isPrivate: false })
}

function toTypedEnqueue(plan: Plan, message: MessageInbound, view: RouteView): Enqueue {
  const base = enqueue({ ...message, text: plan.text }, 'told', view, 'answer')
  const body = { ...base.body, ...plan.body }
  if (plan.kind === 'answer') return { ...base, body, ...(isOff(message, view) ? { burst: undefined } : {}) }
  const { kind, queue, text } = plan
  // What only one person sees is shown where they wrote; a thread may not exist there yet.
  const place = plan.body?.['isPrivate'] === true ? message.place : base.place
  return {
    ...base,
    place,
    lane: `cmd:${message.source}`,
    kind,
    queue,
    text,
    body,
    burst: undefined,
    quietMs: 0,
  }
}

/** Pictographs, flags and keycaps, and custom emoji as the adapters write them (`:name:`). */
function isOnlyEmoji(text: string): boolean {
  const left = text
    .replace(/<a?:\w+:\d+>|:[\w+-]+:/g, '')
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Component}\s]/gu, '')
  return left === '' && !/^[\d\s#*]+$/.test(text)
}
