// Translates the newest messages of a thread or channel for whoever asks, each with its author's name. What is in the language
// already stands as it is, so that the talk can be followed; our own translations are left out.
import type { Answers } from '../../src/core/answers.ts'
import type { RecentMessage } from '../../src/core/outbound.ts'
import { parseTargetLang, type TargetLang } from '../../src/core/target-lang.ts'
import { SAY } from '../../src/core/translation-words.ts'
import { type Context, type Handler, isPrivate } from '../../src/core/turn.ts'
import type { Translation } from '../../src/translation/model.ts'
import { plain } from '../card.ts'
import { mannerOf } from '../manner.ts'
import { OF_OURS } from './flag.ts'
import { contentOf, logResult, readerLang, type TranslateDeps, toneFor } from './translate.ts'

type Deps = TranslateDeps & { answers: Pick<Answers, 'find'> }

/** Of all of them together: what is older than that is left out. */
const MAX_CHARS = 40_000

export function createTranslateLast(deps: Deps): Handler {
  return async (context) => {
    const { turn, post, signal, written } = context
    const reply = post.reply('answer', { isPrivate: isPrivate(turn) })
    if (written) {
      await reply.finish(written.content)
      return written.outcome
    }
    const reader = readerLang(turn)
    const body = turn.messages[0]?.body ?? {}
    const to =
      parseTargetLang(String(body['to'] ?? '')) ??
      (await deps.people.readsOf(turn.workspace, turn.author.id)) ??
      reader
    // One more: the message that asks for it is none of them.
    const limit = Number(body['last'] ?? 1)
    const recent = await post.outbound.recent(turn.place, limit + 1, signal)
    const messages = await toTranslate(context, deps, recent ?? [], limit)
    const lines = await translateEach(context, deps, messages, to)
    const content = contentOf(together(lines, to), reader, deps)
    const shown = messages.length === 0 ? { text: SAY.noMessages[reader], lang: reader } : content
    const outcome = { type: 'answered' as const, text: shown.text, lang: reader }
    context.keep({ content: shown, outcome })
    await reply.finish(shown)
    return outcome
  }
}

async function toTranslate(
  { turn }: Context,
  { answers }: Deps,
  recent: readonly RecentMessage[],
  limit: number,
): Promise<RecentMessage[]> {
  const asking = new Set(turn.messages.map(({ source }) => source))
  const found: RecentMessage[] = []
  let chars = 0
  for (const message of recent.toReversed()) {
    if (asking.has(message.source) || message.text.trim() === '' || found.length === limit) continue
    const own = message.isOwn ? await answers.find(turn.workspace, `message:${message.source}`) : null
    if (own !== null && (OF_OURS.has(own.kind) || own.audience !== turn.audience)) continue
    chars += message.text.length
    if (chars > MAX_CHARS && found.length > 0) break
    found.unshift({ ...message, text: own?.answer ?? message.text })
  }
  return found
}

interface Line {
  author: string
  made: Translation
}

async function translateEach(
  context: Context,
  { translate, people }: Deps,
  messages: readonly RecentMessage[],
  to: TargetLang,
): Promise<Line[]> {
  const { turn, post, signal } = context
  const body = turn.messages[0]?.body ?? {}
  const from = parseTargetLang(String(body['from'] ?? ''))
  const manner = mannerOf(turn.settings)
  const tone = await toneFor(people, turn)
  const topic = post.outbound.topicOf(turn.place)
  const lines: Line[] = []
  for (const [at, { author, text }] of messages.entries()) {
    const made = await translate({
      ...{ ...manner, text, to, from, tone, workspace: turn.workspace, channel: turn.place.channel },
      // What was said before it, as far as it is shown.
      ...{ context: messages.slice(0, at).map((earlier) => earlier.text), topic },
      ...{ session: turn.lane, signal },
    })
    logResult(context, made)
    lines.push({ author, made })
  }
  return lines
}

/** As one translation, with all that is to be checked in it. */
function together(lines: readonly Line[], to: TargetLang): Translation {
  const flags = lines.flatMap(({ made }) => made.flags)
  const translated = lines.filter(({ made }) => made.outcome === 'translated')
  return {
    outcome: translated.length > 0 ? 'translated' : 'same',
    translation: lines.map(({ author, made }) => `**${plain(author)}**: ${made.translation}`).join('\n'),
    from: null,
    ...{ to, flags, memory: null },
    retries: lines.reduce((sum, { made }) => sum + made.retries, 0),
  }
}
