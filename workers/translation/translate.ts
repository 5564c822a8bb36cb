// Translates what somebody gave to a command or pointed at, for them alone, with a button that shows it to all.
import type { Button, Content } from '../../src/core/content.ts'
import type { Lang } from '../../src/core/error.ts'
import type { RelayFacts } from '../../src/core/facts.ts'
import { parseTargetLang, type TargetLang } from '../../src/core/target-lang.ts'
import { parseTone, type Tone } from '../../src/core/tone.ts'
import { alreadyIn, madeBy, SAY, SHARE_LABEL, warningOf } from '../../src/core/translation-words.ts'
import { type Context, type Handler, isPrivate, type Turn } from '../../src/core/turn.ts'
import type { People } from '../../src/store/model.ts'
import { replyLanguage } from '../../src/text/language.ts'
import type { Translate, TranslateRequest, Translation } from '../../src/translation/model.ts'
import { mannerOf } from '../manner.ts'
import { saidBefore } from './said-before.ts'

export interface TranslateDeps {
  translate: Translate
  /** What a reader wants who does not say. */
  targetFor(text: string, reader: TargetLang): TargetLang
  people: Pick<People, 'readsOf' | 'toneFor'>
  isRehearsal(): boolean
}

export function createTranslate(deps: TranslateDeps): Handler {
  return async (context) => {
    const { turn, post } = context
    const reader = readerLang(turn)
    const reply = post.reply('answer', { isPrivate: isPrivate(turn) })
    if (context.written) {
      await reply.finish(context.written.content)
      return context.written.outcome
    }
    const made = await translateFor(context, deps, reader)
    const content = { ...contentOf(made, reader, deps), ...shareButton(turn, made) }
    const facts = { translation: factsOf(turn, made) }
    const outcome = { type: 'answered' as const, text: content.text, lang: reader, facts }
    context.keep({ content, outcome })
    await reply.finish(content)
    logResult(context, made)
    return outcome
  }
}

async function translateFor(
  context: Context,
  { translate, targetFor, people }: TranslateDeps,
  reader: Lang,
): Promise<Translation> {
  const { turn, post, signal } = context
  const body = turn.messages[0]?.body ?? {}
  const text = turn.messages[0]?.text ?? ''
  const to = parseTargetLang(String(body['to'] ?? ''))
  // Beside the other looks: it delays nothing.
  const topic = post.outbound.topicOf(turn.place)
  const [reads, tone] = await Promise.all([
    to === null ? people.readsOf(turn.workspace, turn.author.id) : null,
    toneFor(people, turn),
  ])
  return translate({
    text,
    to: to ?? targetFor(text, reads ?? reader),
    from: parseTargetLang(String(body['from'] ?? '')),
    ...{ ...mannerOf(turn.settings), topic, tone, context: contextOf(context) },
    ...{ workspace: turn.workspace, channel: turn.place.channel, session: turn.lane, signal },
    ...rememberedFor(turn, typeof body['target'] === 'string' ? null : turn.author.id),
  })
}

/** As they ask for it this time, else as it is always written for them, else as the channel has it. */
export async function toneFor(
  people: Pick<People, 'toneFor'>,
  { workspace, author, settings, messages }: Turn,
): Promise<Tone> {
  const asked = parseTone(String(messages[0]?.body['tone'] ?? ''))
  return asked ?? (await people.toneFor(workspace, author.id)) ?? settings.tone
}

/**
 * `author`: whose words they are; where nobody knows, they are not remembered: they could not be forgotten. What only the
 * asker sees is remembered for the asker alone.
 */
export function rememberedFor(turn: Turn, author: string | null): Pick<TranslateRequest, 'memory'> {
  if (author === null) return {}
  const audience = isPrivate(turn) ? `${turn.audience}:${turn.author.id}` : turn.audience
  return { memory: { audience, author } }
}

/** What led up to the message that was pointed at; of what is typed, what was said in its thread. */
function contextOf(context: Context): Promise<string[]> {
  const { place, messages } = context.turn
  const target = messages[0]?.body['target']
  if (typeof target === 'string') return saidBefore(context, place, target)
  return place.thread === null ? Promise.resolve([]) : saidBefore(context, place, messages[0]?.source ?? null)
}

/** What is shown of a translation, or said instead of one. */
export function contentOf(
  made: Pick<Translation, 'outcome' | 'from' | 'to' | 'translation'> & { flags: RelayFacts['flags'] },
  reader: Lang,
  { isRehearsal }: Pick<TranslateDeps, 'isRehearsal'>,
): Content {
  if (made.outcome === 'nothing') return { text: SAY.nothing[reader], lang: reader }
  if (made.outcome === 'same') return { text: alreadyIn(made.to, reader), lang: reader }
  const warning = warningOf(made.flags, reader)
  const notes = [
    ...(warning === null ? [] : [warning]),
    ...(isRehearsal() ? [SAY.rehearsal[reader]] : []),
    madeBy(made.from, made.to, reader),
  ]
  return { text: made.translation, lang: reader, notes }
}

/** Kept with the turn, for when it is shared. */
export interface TranslationFacts extends Pick<Translation, 'from' | 'to' | 'flags' | 'retries'> {
  /** The message that it translates: Slack `<channel>:<ts>`, Discord the message id. */
  target: string | null
}

function factsOf({ messages }: Turn, { from, to, flags, retries }: Translation): TranslationFacts {
  const target = messages[0]?.body['target']
  return { from, to, flags, retries, target: typeof target === 'string' ? target : null }
}

/** In a direct message there is nobody to show it to. */
function shareButton(turn: Turn, { outcome }: Translation): { buttons?: Button[] } {
  const body = turn.messages[0]?.body ?? {}
  // Without an interaction Discord shows what is private as a direct message, where nothing leads back to the channel.
  const isAway = turn.place.platform === 'discord' && turn.handle === null
  if (outcome !== 'translated' || body['room'] === 'dm' || isAway) return {}
  return { buttons: [{ action: 'share', value: turn.id, label: SHARE_LABEL }] }
}

/** The language in which somebody reads what is said to them. */
export function readerLang({ author, settings, messages }: Turn): Lang {
  if (settings.language !== 'auto') return settings.language
  return author.lang ?? replyLanguage({ text: messages[0]?.text ?? '' }).lang
}

export function logResult(
  { log }: Context,
  { outcome, from, to, flags, retries, memory }: Translation,
): void {
  log.info({ from, to, flags: flags.map(({ kind }) => kind), retries, memory, outcome }, 'translation')
}
