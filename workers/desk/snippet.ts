// Canned replies: staff add, see and use them. Used in a case's staff thread, one is shown with its gaps filled in, and only
// goes to the customer when somebody presses Send.
import type { Lang } from '../../src/core/error.ts'
import {
  fillGaps,
  GAPS,
  MAX_SNIPPET_CHARS,
  MAX_SNIPPETS,
  type Snippet,
  type Snippets,
  unknownGaps,
} from '../../src/core/snippet.ts'
import type { Context, Handler, Outcome, Turn } from '../../src/core/turn.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { isAbusive } from '../../src/text/abuse.ts'
import { askerLang } from '../asker-lang.ts'
import { asQuote, plain } from '../card.ts'
import { refusalOf } from '../staff.ts'
import { parseSnippet } from './snippet-text.ts'
import { SNIPPET } from './staff-help-words.ts'
import { caseHere, isForAsker, offerReply, type StaffReplyDeps } from './staff-reply.ts'

const MAX_SHOWN = 100
const MAX_SIMILAR = 5

export interface SnippetDeps extends Pick<StaffReplyDeps, 'tickets' | 'answers' | 'replies'> {
  snippets: Snippets
}

export function createSnippet(deps: SnippetDeps): Handler {
  return async (context) => {
    const { turn, post, log } = context
    const body = turn.messages[0]?.body ?? {}
    const lang = askerLang(turn)
    const say = async (text: string): Promise<Outcome> => {
      await post.reply('say', { isPrivate: isForAsker(turn) }).finish({ text, lang })
      return { type: 'done' }
    }
    const refusal = await refusalOf(deps.answers, context)
    if (refusal) return say(refusal[lang])
    const action = String(body['action'])
    log.info({ action }, 'snippet')
    if (action === 'use') return use(context, deps, lang, say)
    return say(await carryOut(turn, deps.snippets, action, lang))
  }
}

async function carryOut(turn: Turn, snippets: Snippets, action: string, lang: Lang): Promise<string> {
  const typed = (turn.messages[0]?.text ?? '').trim()
  const words = SNIPPET[lang]
  if (action === 'add') return add(turn, snippets, typed, lang)
  if (action === 'remove')
    return (await snippets.remove(turn.workspace, typed))
      ? words.removed(plain(typed))
      : notThere(turn, snippets, typed, lang)
  if (action === 'show') {
    const found = await snippets.find(turn.workspace, typed)
    if (!found) return notThere(turn, snippets, typed, lang)
    const texts = langsOf(found).map((one) => `**${words.languages[one]}**\n${asQuote(found[one] ?? '')}`)
    return [`**${plain(found.name)}**`, ...texts].join('\n\n')
  }
  const all = await snippets.list(turn.workspace)
  if (all.length === 0) return words.none
  const lines = all.slice(0, MAX_SHOWN).map((one) => `- ${plain(one.name)} (${namesOf(one, lang)})`)
  const more = all.length > MAX_SHOWN ? [words.more(all.length - MAX_SHOWN)] : []
  return [words.title(all.length), ...lines, ...more].join('\n')
}

async function add(turn: Turn, snippets: Snippets, typed: string, lang: Lang): Promise<string> {
  const words = SNIPPET[lang]
  const parsed = parseSnippet(typed)
  if (!parsed) return words.unreadable
  const texts = Object.values(parsed.texts)
  if (texts.some((text) => text.length > MAX_SNIPPET_CHARS)) return words.tooLong(MAX_SNIPPET_CHARS)
  const unknown = texts.flatMap(unknownGaps)
  if (unknown.length > 0) return words.gaps(braced(unknown), knownGaps(lang))
  const put = await snippets.put(turn.workspace, parsed.name, parsed.texts, turn.author.id)
  if (put === 'full') return words.full(MAX_SNIPPETS)
  const now = await snippets.find(turn.workspace, parsed.name)
  return words.saved(plain(parsed.name), now ? namesOf(now, lang) : '')
}

async function use(
  context: Context,
  deps: SnippetDeps,
  reader: Lang,
  say: (text: string) => Promise<Outcome>,
): Promise<Outcome> {
  const { turn } = context
  const words = SNIPPET[reader]
  const ticket = await caseHere(deps, turn)
  if (!ticket) return say(words.onlyInCase)
  const typed = (turn.messages[0]?.text ?? '').trim()
  const found = await deps.snippets.find(turn.workspace, typed)
  if (!found) return say(await notThere(turn, deps.snippets, typed, reader))
  const lang = found[ticket.lang] === null ? other(ticket.lang) : ticket.lang
  const text = found[lang] ?? ''
  const unknown = unknownGaps(text)
  if (unknown.length > 0) return say(words.gaps(braced(unknown), knownGaps(reader)))
  const notes =
    lang === ticket.lang ? [] : [words.otherLanguage(words.languages[ticket.lang], words.languages[lang])]
  return offerReply(context, deps, ticket, {
    ...{ title: words.preview(plain(found.name), words.languages[lang]), reader, notes },
    text: fillGaps(text, valuesOf(ticket, turn, lang)),
  })
}

/** Names and questions are people's words: nothing that Markdown would make something of. */
function valuesOf(ticket: Ticket, { author }: Turn, lang: Lang) {
  return {
    customer: plain(ticket.customerName),
    number: String(ticket.number),
    agent: plain(author.name),
    question: isAbusive(ticket.question) ? SNIPPET[lang].question : plain(ticket.question),
  }
}

async function notThere(turn: Turn, snippets: Snippets, typed: string, lang: Lang): Promise<string> {
  const wanted = typed.toLowerCase()
  const names = (await snippets.list(turn.workspace))
    .map(({ name }) => name)
    .filter(
      (name) => wanted !== '' && (name.toLowerCase().includes(wanted) || wanted.includes(name.toLowerCase())),
    )
    .slice(0, MAX_SIMILAR)
  const words = SNIPPET[lang]
  const told = words.unknown(plain(typed.slice(0, 60).toWellFormed()))
  return names.length === 0 ? told : `${told} ${words.similar(names.map(plain).join(', '))}`
}

function langsOf(snippet: Snippet): Lang[] {
  return (['ko', 'en'] as const).filter((lang) => snippet[lang] !== null)
}

function namesOf(snippet: Snippet, lang: Lang): string {
  return langsOf(snippet)
    .map((one) => SNIPPET[lang].languages[one])
    .join(', ')
}

function other(lang: Lang): Lang {
  return lang === 'ko' ? 'en' : 'ko'
}

function braced(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `\`{${name}}\``).join(', ')
}

function knownGaps(lang: Lang): string {
  return braced(Object.values(GAPS).map(([en, ko]) => (lang === 'ko' ? ko : en)))
}
