// What an answer may be based on: passages of the company's own documents, or the honest lack of them.
import { topicsOf } from '../../src/core/hand-over-rule.ts'
import type { Place } from '../../src/core/inbound.ts'
import type { Outbound } from '../../src/core/outbound.ts'
import { isPrivate, type Turn } from '../../src/core/turn.ts'
import type { Finder, Finding, Findings } from '../../src/knowledge/model.ts'
import { asksOwnCase, soundsUpset } from '../../src/text/own-case.ts'
import { isGreeting, pointsBack } from '../../src/text/turn-taking.ts'
import { mayShowPrivate } from '../staff.ts'
import { tagsOf } from './tags.ts'
import type { Intent, Mood, Understand, Understanding } from './understand.ts'

export type Ground =
  /** Nothing to search, or nothing that needs a search: the model answers by itself. */
  | { type: 'free'; facts: GroundFacts }
  | { type: 'passages'; passages: Finding[]; facts: GroundFacts }
  /** There is a knowledge base, and the answer is not in it. */
  | { type: 'no-evidence'; facts: GroundFacts }

/** Kept with the turn, for reports. */
export interface GroundFacts {
  intent?: Intent
  mood?: Mood
  /** Goes to a person. */
  topic?: string
  prepareMs?: number
  prepareTokens?: number | null
  preparePromptTokens?: number | null
  coverage?: number
  similarity?: number
  asked?: { ko: string; en: string }
}

export interface GroundingDeps {
  finder: Finder
  understand: Understand
  /** Absent: no staff channel is known to be private. */
  outboundOf?(place: Place): Pick<Outbound, 'readersOf'> | null
}

/** `isAgain`: what is found as it was asked did not answer, so it is put otherwise in any case. */
export type Grounding = (turn: Turn, text: string, signal: AbortSignal, isAgain?: boolean) => Promise<Ground>

const PASSAGES = 6
/** A follow-up this short says little by itself ("얼마예요?"). */
const SHORT_CHARS = 14

export function createGrounding({ finder, understand, outboundOf }: GroundingDeps): Grounding {
  return async (turn, text, signal, isAgain = false) => {
    await unlessAborted(finder.ready, signal)
    const isPrivatePlace = await isReadInPrivate(turn, outboundOf?.(turn.place) ?? null)
    const search = (restated: readonly string[], limit = PASSAGES) =>
      finder.search({
        workspace: turn.workspace,
        audience: turn.audience,
        question: text,
        restated,
        isPrivatePlace,
        collections: collectionsOf(turn),
        tags: tagsOf(turn),
        limit,
      })
    const isChat = text === '' || isGreeting(text)
    const first = await search([], isChat ? 0 : PASSAGES)
    const hasTopics = turn.kind === 'answer' && !isChat && topicsOf(turn.settings).length > 0
    const isOwnCase = asksOwnCase(text)
    const own: GroundFacts = isOwnCase ? { intent: 'order' } : {}
    // Documents or none, nobody has looked their order up.
    if (text === '' || (!first.hasKnowledge && !hasTopics)) return { type: 'free', facts: own }
    if (isChat) return { type: 'free', facts: { intent: 'small-talk' } }
    const mayLeanOnHistory = turn.history.length > 0 && (text.length <= SHORT_CHARS || pointsBack(text))
    // The first words come soonest when what was asked is found as it was asked.
    const isClear = !isAgain && !mayLeanOnHistory && !hasTopics && !soundsUpset(text)
    if (first.isEnough && isClear)
      return {
        ...{ type: 'passages', passages: first.found },
        facts: { intent: isOwnCase ? 'order' : 'question', ...factsOf(first) },
      }

    const heard = await understand(turn, text, signal).catch((error: unknown) => {
      // What was found serves, also as it is, while the model is away; that nothing was found is not known yet.
      if (signal.aborted || !first.isEnough) throw error
      return null
    })
    // What the documents answer is a question, whatever the model takes it for: small talk is answered without them.
    const understood: Understanding | null =
      first.isEnough && heard?.intent === 'small-talk' ? { ...heard, intent: 'question' } : heard
    const facts: GroundFacts = understood ? { ...manner(understood, isOwnCase), ...workOf(understood) } : own
    if (understood?.topic !== undefined) return { type: 'free', facts: { ...facts, topic: understood.topic } }
    if (!first.hasKnowledge) return { type: 'free', facts: facts.intent === 'order' ? facts : {} }
    if (understood?.intent === 'small-talk' || understood?.intent === 'spam') return { type: 'free', facts }
    if (understood && understood.ko !== '' && understood.en !== '')
      facts.asked = { ko: understood.ko, en: understood.en }
    const restated = understood ? [understood.ko, understood.en].filter((one) => one !== '') : []
    const second = restated.length > 0 ? await search(restated) : first
    Object.assign(facts, factsOf(second))
    return second.isEnough
      ? { type: 'passages', passages: second.found, facts }
      : { type: 'no-evidence', facts }
  }
}

/** Whoever complains about their own order is told both: that it is a pity, and that it cannot be seen. */
function manner(
  { intent, mood }: Understanding,
  isOwnCase: boolean,
): Required<Pick<GroundFacts, 'intent' | 'mood'>> {
  if (!isOwnCase || (intent !== 'question' && intent !== 'complaint')) return { intent, mood }
  return { intent: 'order', mood: intent === 'complaint' && mood === 'calm' ? 'annoyed' : mood }
}

/** Nothing for what is known from before. */
function workOf({ ms = 0, tokens, promptTokens }: Understanding): GroundFacts {
  return {
    prepareMs: ms,
    ...(tokens === undefined ? {} : { prepareTokens: tokens }),
    ...(promptTokens === undefined ? {} : { preparePromptTokens: promptTokens }),
  }
}

function factsOf({ coverage, similarity }: Findings): GroundFacts {
  return similarity === null ? { coverage } : { coverage, similarity }
}

async function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/**
 * Only the person who asked, or staff, will see the answer. A staff channel that all of the workspace can read is none of
 * staff's alone. Throws as mayShowPrivate does.
 */
async function isReadInPrivate(turn: Turn, outbound: Pick<Outbound, 'readersOf'> | null): Promise<boolean> {
  if (isPrivate(turn) || turn.messages.some((message) => message.body['room'] === 'dm')) return true
  if (turn.settings.staffChannel !== turn.place.channel || !outbound) return false
  return mayShowPrivate(outbound, turn.place)
}

function collectionsOf({ settings }: Turn): string[] | null {
  if (settings.collections === null) return null
  return settings.collections.split(',').map((name) => name.trim().normalize('NFC'))
}
