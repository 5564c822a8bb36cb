// Cases by words. Judged by the same rules as the buttons; what may not be is refused with the reason.
import type { Both, Lang } from '../../src/core/error.ts'
import { threadLaneOf } from '../../src/core/route/lanes.ts'
import { PRIORITY_WORDS, parsePriority } from '../../src/core/targets.ts'
import { TONE_WORDS } from '../../src/core/tone.ts'
import type { Context, Handler, Outcome } from '../../src/core/turn.ts'
import {
  CATEGORIES,
  type Category,
  type Changes,
  ENDED,
  STATUSES,
  type Ticket,
  type TicketEvent,
} from '../../src/desk/model.ts'
import { askerLang } from '../asker-lang.ts'
import { plain } from '../card.ts'
import { HIDDEN, screened } from '../screened.ts'
import { refusalOf } from '../staff.ts'
import { assigneeOf } from './assignee.ts'
import { tellCustomer, tellStaff } from './case-told.ts'
import { byOf, type DeskDeps, isDirect, shownName, showTicket, staffThreadOf } from './desk.ts'
import { CATEGORY_WORDS, CUSTOMER, STAFF, STATUS_WORDS } from './desk-words.ts'
import { carryOut } from './ticket-decision.ts'
import { customerTone, type TicketToneDeps } from './ticket-tone.ts'
import { eventWord, MINE, OFF, TICKET } from './ticket-words.ts'

const MAX_LISTED = 20
const MAX_LINES = 30
const MAX_TAGS = 10
const MAX_TAG_CHARS = 30
const MAX_NOTE = 4_000

export type TicketCommandDeps = DeskDeps & TicketToneDeps

interface Asked {
  context: Context
  deps: TicketCommandDeps
  value: string
  lang: Lang
}

type Act = (asked: Asked, ticket: Ticket) => Promise<Both>

export function createTicketCommand(deps: TicketCommandDeps): Handler {
  return async (context) => {
    const { turn, post, log } = context
    const message = turn.messages.at(-1)
    const body = message?.body ?? {}
    const lang = askerLang(turn)
    const say = async (text: string): Promise<Outcome> => {
      await post.reply('say', { isPrivate: true }).finish({ text, lang })
      return { type: 'done' }
    }
    const action = String(body['action'])
    const refusal = await refusalOf(deps.answers, context)
    if (refusal) return say(refusal[lang])
    const asked = { context, deps, value: (message?.text ?? '').trim(), lang }
    if (action === 'list') return say(await list(asked))
    const number = typeof body['number'] === 'number' ? body['number'] : null
    const ticket = await ticketOf(context, deps, number)
    if (!ticket) return say((number === null ? TICKET.noNumber : TICKET.unknown(number))[lang])
    if (action === 'show') return say(await show(asked, ticket))
    const act = ACTS[action]
    if (!act) return { type: 'dropped' }
    const told = await act(asked, ticket)
    log.info({ ticket: ticket.id, action }, 'ticket command')
    return say(told[lang])
  }
}

/** By its number, or of the thread in which it is used. */
async function ticketOf(
  { turn }: Context,
  { tickets }: DeskDeps,
  number: number | null,
): Promise<Ticket | null> {
  if (number !== null) return tickets.byNumber(turn.workspace, number)
  const { place } = turn
  const lane = place.thread === null ? turn.lane : threadLaneOf(place, place.thread)
  return (await tickets.ofLane(turn.workspace, lane))?.ticket ?? null
}

const ACTS: Readonly<Record<string, Act>> = {
  claim: (asked, ticket) => move(asked, ticket, 'claim'),
  resolve: (asked, ticket) => move(asked, ticket, 'resolve'),
  reopen: (asked, ticket) => move(asked, ticket, 'reopen'),
  spam: (asked, ticket) => move(asked, ticket, 'spam'),
  back: (asked, ticket) => move(asked, ticket, 'hand-back'),
  async assign(asked, ticket) {
    const { context, deps, value } = asked
    const to = await assigneeOf(context, deps, value)
    if ('why' in to) return to.why
    const changes = { assignee: to.id, assigneeName: to.name }
    const moved = await deps.tickets.move(ticket.workspace, ticket.id, 'assign', byOf(context.turn), changes)
    if (moved.outcome === 'gone') return STAFF.ticketGone
    if (moved.outcome === 'refused') return moved.why
    await showTicket(deps.enqueue, moved.ticket)
    const shown = plain(shownName(deps, ticket, to.name))
    const told = ticket.assignee === null ? CUSTOMER.claimed(shown) : CUSTOMER.movedTo(shown)
    if (ticket.assignee !== to.id) await tellCustomer(context, ticket, { text: told[ticket.lang] })
    return TICKET.assigned(ticket, plain(to.name))
  },
  async note({ context, deps, value }, ticket) {
    const text = value.slice(0, MAX_NOTE).toWellFormed()
    await deps.tickets.note(ticket.workspace, ticket.id, text, byOf(context.turn))
    return TICKET.noted(ticket)
  },
  async priority(asked, ticket) {
    const priority = parsePriority(asked.value)
    return priority ? change(asked, ticket, { priority }) : TICKET.notPriority
  },
  async category(asked, ticket) {
    const category = parseCategory(asked.value)
    return category ? change(asked, ticket, { category }) : TICKET.notCategory
  },
  async tag(asked, ticket) {
    const tags = new Set(ticket.tags)
    for (const typed of asked.value.split(/[,，]/)) {
      const tag = typed
        .trim()
        .replace(/^[+#-]+/, '')
        .slice(0, MAX_TAG_CHARS)
        .toWellFormed()
        .toLowerCase()
      if (tag === '') continue
      if (typed.trim().startsWith('-')) tags.delete(tag)
      else tags.add(tag)
    }
    return tags.size > MAX_TAGS ? TICKET.tooManyTags : change(asked, ticket, { tags: [...tags] })
  },
  merge,
  tone: ({ deps, value }, ticket) => customerTone(deps, ticket, value),
  async snooze(asked, ticket) {
    const { deps, value } = asked
    if (ENDED.includes(ticket.status)) return TICKET.ended(ticket)
    if (OFF.includes(value.toLowerCase())) {
      await change(asked, ticket, { snoozedUntil: null })
      return TICKET.awake(ticket)
    }
    const now = new Date(deps.clock.now())
    const at = deps.times.snoozeUntil(ticket.workspace, value, now)
    if (at === null) return TICKET.notLength
    await change(asked, ticket, { snoozedUntil: at })
    return TICKET.snoozed(ticket, deps.times.say(ticket.workspace, at, now))
  },
}

async function move({ context, deps }: Asked, ticket: Ticket, event: TicketEvent): Promise<Both> {
  const moved = await carryOut(context, deps, { workspace: ticket.workspace, id: ticket.id, event })
  if (moved.outcome === 'gone') return STAFF.ticketGone
  return moved.outcome === 'refused'
    ? moved.why
    : TICKET.moved(ticket, bothOf(STATUS_WORDS[moved.ticket.status]))
}

async function change({ deps }: Asked, ticket: Ticket, changes: Changes): Promise<Both> {
  const changed = await deps.tickets.change(ticket.workspace, ticket.id, changes)
  if (!changed) return STAFF.ticketGone
  await showTicket(deps.enqueue, changed)
  return TICKET.changed(ticket)
}

/** "#5", or "#3 #5" where the first was not given. */
async function merge(asked: Asked, ticket: Ticket): Promise<Both> {
  const { context, deps, value } = asked
  const { workspace } = ticket
  const number = Number(/#?(\d{1,9})\D*$/.exec(value)?.[1])
  const into = Number.isInteger(number) ? await deps.tickets.byNumber(workspace, number) : null
  if (!into) return Number.isInteger(number) ? TICKET.unknown(number) : TICKET.mergeWhat
  if (into.id === ticket.id) return TICKET.mergeSelf
  if (into.customer !== ticket.customer || into.place.workspace !== ticket.place.workspace)
    return TICKET.mergeOther
  // Who reads the one may not read the other: a private matter must not show up in a channel.
  if (into.audience !== ticket.audience && !isDirect(into)) return TICKET.mergeReaders
  if (into.status === 'closed') return TICKET.mergeClosed(into)
  const by = byOf(context.turn)
  const moved = await deps.tickets.move(workspace, ticket.id, 'merge', by, { mergedInto: into.id })
  if (moved.outcome === 'gone') return STAFF.ticketGone
  if (moved.outcome === 'refused') return moved.why
  await showTicket(deps.enqueue, moved.ticket)
  await tellCustomer(context, ticket, {
    text: CUSTOMER.merged(into, deps.linkTo(into.place, into.source))[ticket.lang],
  })
  await tellStaff(context, into, TICKET.grown(ticket))
  return TICKET.merged(ticket, into)
}

async function list({ context, deps, value, lang }: Asked): Promise<string> {
  const { workspace, author } = context.turn
  const typed = value.toLowerCase()
  const tag = /^(?:tag|태그)\s+(.+)$/.exec(typed)?.[1]?.trim()
  const status = STATUSES.find(
    (one) => one === typed || STATUS_WORDS[one].toLowerCase().split(' · ').includes(typed),
  )
  const filter = {
    ...(status ? { status } : {}),
    ...(tag ? { tag } : {}),
    ...(MINE.includes(typed) ? { assignee: author.id } : {}),
  }
  if (typed !== '' && Object.keys(filter).length === 0) return TICKET.none[lang]
  const found = await deps.tickets.list(workspace, filter, MAX_LISTED + 1)
  if (found.length === 0) return TICKET.none[lang]
  const shown = found.slice(0, MAX_LISTED)
  const more = found.length > MAX_LISTED ? [TICKET.more[lang]] : []
  return [
    `**${TICKET.listed(shown.length)[lang]}**`,
    ...shown.map((one) => lineOf(one, deps, lang)),
    ...more,
  ].join('\n')
}

function lineOf(ticket: Ticket, { linkTo }: DeskDeps, lang: Lang): string {
  const { number, priority, customerName, question, assigneeName, status } = ticket
  const urgency = priority === 'normal' ? '' : ` [${PRIORITY_WORDS[priority][lang]}]`
  const words = plain(screened(question.replace(/\s+/g, ' ').slice(0, 60).toWellFormed(), HIDDEN[lang]))
  const thread = staffThreadOf(ticket)
  const link = thread === null ? null : linkTo(thread, null)
  const facts = [wordOf(STATUS_WORDS[status], lang), ...(assigneeName ? [plain(assigneeName)] : [])]
  return `- #${number}${urgency} ${plain(customerName)}: ${words} (${facts.join(', ')})${link ? ` ${link}` : ''}`
}

async function show({ deps, lang }: Asked, ticket: Ticket): Promise<string> {
  const lines = await deps.tickets.lines(ticket.id, MAX_LINES)
  const now = new Date(deps.clock.now())
  const said = lines.map(({ event, byName, text, at }) => {
    const who = byName === '' ? '' : ` — ${plain(byName)}`
    const words = text === null ? '' : `: ${text.replace(/\s+/g, ' ')}`
    return `- ${deps.times.say(ticket.workspace, at, now)[lang]}: ${eventWord(event, lang)}${who}${words}`
  })
  const summary = lang === 'ko' ? ticket.summaryKo : ticket.summaryEn
  const tone = await deps.people.toneFor(ticket.place.workspace, ticket.customer, ticket.workspace)
  const category = ticket.category ? [wordOf(CATEGORY_WORDS[ticket.category], lang)] : []
  const facts = [
    PRIORITY_WORDS[ticket.priority][lang],
    ...category,
    ...(tone === null ? [] : [TICKET.toneFact(TONE_WORDS[tone])[lang]]),
    ...ticket.tags.map((tag) => `#${plain(tag)}`),
  ]
  return [
    lineOf(ticket, deps, lang).slice(2),
    facts.join(' · '),
    ...(summary ? [`> ${summary}`] : []),
    '',
    ...said,
  ]
    .join('\n')
    .trim()
}

/** Words on cards stand in both languages. */
function bothOf(words: string): Both {
  const [ko = words, en = ko] = words.split(/ · (?=[A-Z])/)
  return { ko, en }
}

function wordOf(words: string, lang: Lang): string {
  return bothOf(words)[lang]
}

const CATEGORY_TYPED: Readonly<Record<string, Category>> = {
  ...{
    배송: 'delivery',
    반품: 'return',
    교환: 'return',
    환불: 'return',
    refund: 'return',
    returns: 'return',
  },
  ...{
    결제: 'payment',
    계정: 'account',
    상품: 'product',
    제품: 'product',
    기술: 'technical',
    오류: 'technical',
    기타: 'other',
  },
}

function parseCategory(typed: string): Category | null {
  const wanted = typed.trim().toLowerCase()
  return CATEGORIES.find((one) => one === wanted) ?? CATEGORY_TYPED[wanted] ?? null
}
