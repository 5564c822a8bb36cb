// A question gets one streamed answer: language, attachments, prompt, model, and what stands under the text.
import type { HandOverReason } from '../src/core/decision.ts'
import { BotError, isBotError, type Lang } from '../src/core/error.ts'
import {
  type Context,
  type Handler,
  isPrivate,
  type Outcome,
  type Reply,
  type Turn,
} from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import { BATCH_PRIORITY, type Completion, type Model } from '../src/llm/model.ts'
import { replyLanguage } from '../src/text/language.ts'
import { factsOf } from './answer-facts.ts'
import { readAttachments } from './attachments.ts'
import { answerButtons, personButton, stopButton } from './buttons.ts'
import { asQuote } from './card.ts'
import { MAX_ATTEMPTS } from './failure.ts'
import { approachOf } from './knowledge/approach.ts'
import { type Checked, type Checks, checkedAnswer } from './knowledge/checked.ts'
import type { Ground, Grounding } from './knowledge/grounding.ts'
import { growthOf } from './knowledge/growth.ts'
import type { TranslateLater } from './knowledge/passage-translation.ts'
import { lookAgain } from './knowledge/second-look.ts'
import { hostsOf, passagesBlock, quotedFacts, quotesOf } from './knowledge/sources.ts'
import { languageOfTags } from './knowledge/tags.ts'
import { toPerson } from './knowledge/topic.ts'
import { canHandOver, doNotKnow, handOver, notForUs } from './knowledge/unknown.ts'
import { systemPrompt, toHistory } from './prompt.ts'
import { underneath } from './small-print.ts'

/** An answer, not an essay: about 4,500 Korean characters. */
const MAX_TOKENS = 2_048

export interface AnswerDeps {
  model: Model
  /** Absent: the model answers by itself. */
  knowledge?: Knowledge
  botName(workspace: string): string
  /** Of the installation: no workspace keeps anything for longer. */
  retentionDays: number
  /** Has a person take the conversation over. */
  handOver?(turn: Turn, reason: HandOverReason): Promise<void>
}

export type Knowledge = Checks & {
  ground: Grounding
  /** Has passages in another language than the answer's translated for the next time. */
  translateLater?: TranslateLater
  /** A model that is away for no longer than this, in ms after the question, is waited for. */
  patienceMs: number
}

export function createAnswer(deps: AnswerDeps): Handler {
  return async (context) => {
    const { turn, post, signal, clock, log } = context
    const lang = answerLanguage(turn)
    const started = clock.now()
    // Intake has said so at once; a later attempt says it again.
    if (turn.attempt > 1) void post.outbound.status(turn.place, words(lang).writing)
    const seen = await readAttachments(
      context,
      turn.messages.flatMap((message) => message.attachments),
      () => deps.model.sees(signal),
      lang,
    )
    const text = turn.messages
      .map((message) => message.text)
      .join('\n')
      .trim()
    const growing = { buttons: [stopButton(turn, lang)] }
    const reply = post.reply('answer', { growing, isPrivate: isPrivate(turn) })
    if (context.written) {
      await reply.finish(context.written.content)
      return context.written.outcome
    }
    const above = leadOf(turn, seen.apologies)
    if (text === '' && seen.pictures.length === 0 && seen.texts.length === 0) {
      // Only a mention, or only a file that cannot be read: the model has nothing to answer.
      const told = seen.apologies.join('\n\n') || words(lang).greeting
      await reply.finish(
        await underneath(deps, context, { text: told, lang, buttons: [personButton(turn, lang)] }, []),
      )
      return { type: 'answered', text: told, lang, facts: { notified: true } }
    }

    let firstWordMs: number | null = null
    let askedToWordMs: number | null = null
    void reply.firstShown.then((at) => {
      firstWordMs = at - started
      askedToWordMs = at - Math.min(...turn.messages.map((message) => message.at))
    })
    let soFar = ''
    let ground: Ground = FREE
    let approach = approachOf({}, lang, false)
    /** Of the lead, what is the bot's own answer. */
    let said = ''
    let lead = above
    let checked: Checked | null = null
    const completions: Completion[] = []
    const work = () => factsOf(deps.model, completions, clock.now() - started)
    const write = (): Promise<Completion> => {
      const growth = growthOf(ground, deps.knowledge)
      const show = (all: string): void => {
        const shown = growth(all)
        if (shown === '') return
        soFar = shown
        reply.show(lead + shown)
      }
      const passages = ground.type === 'passages' ? [passagesBlock(ground.passages)] : []
      return deps.model.answer(
        {
          system: [
            ...systemPrompt(lang, ground.type === 'passages'),
            ...(approach.rule ? [approach.rule] : []),
          ],
          history: toHistory(turn),
          user: {
            text: [...passages, ...seen.texts, text, ...missing(seen.apologies)].join('\n\n'),
            images: seen.pictures,
          },
          lang,
          workspace: turn.workspace,
          session: turn.lane,
          // Whoever waits in a chat goes before work that nobody watches.
          priority: turn.queue === 'batch' ? BATCH_PRIORITY : 0,
          expectLang: lang,
          asked: text,
          published: passages.join('\n\n'),
          // A model that always thinks needs room for that first.
          maxTokens: Math.max(MAX_TOKENS, deps.model.profile.maxTokens),
          signal,
        },
        show,
      )
    }
    try {
      ground = (await deps.knowledge?.ground(turn, text, signal)) ?? FREE
      for (let isAgain = false; ; isAgain = true) {
        approach = approachOf(ground.facts, lang, ground.facts.mood === 'angry' && canHandOver(turn))
        const { type, facts } = ground
        const known = { reply, lead: above, lang, facts: { ...work(), ...facts } }
        if (type === 'no-evidence') return await doNotKnow(context, deps, { ...known, approach })
        if (facts.topic !== undefined)
          return await toPerson(reply, above, lang, known.facts, () => handOver(deps, turn, 'rule'))
        if (facts.intent === 'spam') return await notForUs(context, deps, known)
        said = approach.first === '' ? '' : `${approach.first}\n\n`
        lead = above + said
        completions.push(await write())
        if (signal.aborted && signal.reason !== 'stop') throw interrupted()
        checked = checkedAnswer(completions.at(-1)!.text, ground, deps.knowledge, lang)
        if (checked !== null || isAgain || signal.aborted) break
        soFar = ''
        const second = await lookAgain(deps.knowledge?.ground, turn, text, ground, signal)
        if (signal.aborted) throw interrupted()
        ground = second.ground
        if (!second.isWorthIt) break
      }
    } catch (error) {
      if (signal.aborted && signal.reason === 'stop')
        return await stopHere(context, deps, reply, { lead, soFar, ground, work: work() }, lang)
      const { knowledge } = deps
      if (!knowledge || ground.type !== 'passages' || signal.aborted) throw error
      if (!isHopeless(error, turn, clock.now() - knowledge.patienceMs)) throw error
      log.warn({ code: error.code, hint: error.hint }, 'the passages are shown as they are')
      const { passages, facts } = ground
      const hosts = hostsOf(passages)
      const quotes = quotesOf(passages, lang, (words) => knowledge.keepHosts(words, hosts))
      const known = { ...work(), ...facts, sources: quotedFacts(passages) }
      return await showQuotes(context, deps, reply, lead + quotes, lang, known)
    }
    if (checked === null) {
      approach = approachOf(ground.facts, lang, ground.facts.mood === 'angry' && canHandOver(turn))
      const known = { reply, lead: above, lang, facts: { ...work(), ...ground.facts } }
      const told = await doNotKnow(context, deps, { ...known, approach })
      await translateLater(context, deps, ground, lang)
      return told
    }
    const { shown: answer, transcript, facts: checks } = checked
    const notes = completions.at(-1)?.finishReason === 'length' ? [words(lang).truncated] : []
    const shown = { text: (lead + answer).trimEnd(), lang, buttons: answerButtons(turn, lang) }
    const content = await underneath(deps, context, shown, notes)
    const outcome = { type: 'answered' as const, text: (said + transcript).trimEnd(), lang }
    const facts = (): Record<string, unknown> => ({
      ...{ notified: true, ...work() },
      ...ground.facts,
      ...checks,
      firstWordMs,
      askedToWordMs,
    })
    context.keep({ content, outcome: { ...outcome, facts: facts() } })
    await reply.finish(content)
    await translateLater(context, deps, ground, lang)
    if (ground.facts.mood === 'angry') await handOver(deps, turn, 'angry')
    return { ...outcome, facts: facts() }
  }
}

const FREE: Ground = { type: 'free', facts: {} }

/** Only once the person has been answered. */
async function translateLater({ turn, log }: Context, deps: AnswerDeps, ground: Ground, lang: Lang) {
  if (ground.type !== 'passages') return
  await deps.knowledge?.translateLater?.(turn, ground.passages, lang).catch((error: unknown) => {
    log.warn({ err: error }, 'a translation could not be asked for')
  })
}

/** No model can write: what was found says it in its own words. */
async function showQuotes(
  context: Context,
  deps: AnswerDeps,
  reply: Reply,
  text: string,
  lang: Lang,
  facts: object,
): Promise<Outcome> {
  const { turn } = context
  await reply.finish(await underneath(deps, context, { text, lang, buttons: [personButton(turn, lang)] }, []))
  return { type: 'answered', text, lang, facts: { ...facts, asTheyAre: true, notified: true } }
}

/** Neither a short wait nor another attempt will bring the model's words. `asked`: for a question older than this. */
function isHopeless(error: unknown, turn: Turn, asked: number): error is BotError {
  if (!isBotError(error) || !error.code.startsWith('model-')) return false
  // The first is for the person to mend; in the second case the model is there, and gets to it.
  if (error.code === 'model-too-long' || error.code === 'model-overloaded') return false
  if (error.code === 'model-unreachable') return turn.messages.every(({ at }) => at <= asked)
  return !error.retryable || turn.attempt >= MAX_ATTEMPTS
}

/** Stop keeps what was written, as far as it is borne out, and says so. */
async function stopHere(
  context: Context,
  deps: AnswerDeps,
  reply: Reply,
  { lead, soFar, ground, work }: { lead: string; soFar: string; ground: Ground; work: object },
  lang: Lang,
): Promise<Outcome> {
  const { turn } = context
  const checked = soFar.trim() === '' ? null : checkedAnswer(soFar, ground, deps.knowledge, lang)
  const text = checked
    ? checked.shown
    : words(lang)[soFar.trim() === '' ? 'stoppedEarly' : 'stoppedUnchecked']
  const notes = checked ? [words(lang).stopped] : []
  const shown = { text: lead + text, lang, buttons: [personButton(turn, lang)] }
  await reply.finish(await underneath(deps, context, shown, notes))
  const transcript = checked ? checked.transcript : text
  const facts = { ...work, ...ground.facts, ...checked?.facts, stopped: true, notified: true }
  return { type: 'answered', text: transcript, lang, facts }
}

function answerLanguage(turn: Turn): Lang {
  if (turn.settings.language !== 'auto') return turn.settings.language
  const text = turn.messages.map((message) => message.text).join('\n')
  const last = turn.history.findLast((line) => line.role === 'bot')
  const threadLang = last ? replyLanguage({ text: last.text }).lang : undefined
  const { lang, why } = replyLanguage({ text, threadLang, userLang: turn.author.lang ?? undefined })
  return why === 'asked' ? lang : (languageOfTags(turn) ?? lang)
}

/** What stands above the model's words: the quoted question where a command left no message, and what could not be seen. */
function leadOf(turn: Turn, apologies: string[]): string {
  const quoted = turn.messages.find((message) => message.body['quotesQuestion'] === true)
  const quote = quoted ? `${asQuote(quoted.text)}\n\n` : ''
  return quote + apologies.map((sentence) => `${sentence}\n\n`).join('')
}

function missing(apologies: string[]): string[] {
  if (apologies.length === 0) return []
  return [
    '(The person also attached a file that you cannot see; they have been told. Do not guess what it shows.)',
  ]
}

function interrupted(): BotError {
  return new BotError('interrupted', {
    retryable: true,
    say: { ko: '', en: '' },
    hint: 'The turn was interrupted.',
  })
}
