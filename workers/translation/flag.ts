// A flag was put on a message: its translation goes under it, for all to read. Nothing happens where the message is gone, or
// is a translation of ours itself.
import type { Answers } from '../../src/core/answers.ts'
import { parseTargetLang, type TargetLang } from '../../src/core/target-lang.ts'
import type { Context, Handler, Outcome } from '../../src/core/turn.ts'
import type { Translation } from '../../src/translation/model.ts'
import { contentOf, logResult, readerLang, type TranslateDeps, voiceOf } from './translate.ts'

/** Somebody may edit a message while it is being translated; after that it is left as it was read. */
const MAX_READS = 3
/** Turns whose posts are translations. */
export const OF_OURS: ReadonlySet<string> = new Set(['translate', 'translate-last', 'flag', 'share', 'auto'])

export function createFlag(deps: TranslateDeps & { answers: Pick<Answers, 'find'> }): Handler {
  return async (context) => {
    const { turn, post, written } = context
    const body = turn.messages[0]?.body ?? {}
    const [target, to] = [String(body['target']), parseTargetLang(String(body['to']))]
    const own = await deps.answers.find(turn.workspace, `message:${target}`)
    if (to === null || (own !== null && OF_OURS.has(own.kind))) return { type: 'dropped' }
    const replyIn = (thread: unknown) =>
      post.reply('translation', { place: { ...turn.place, thread: thread === null ? null : String(thread) } })
    if (written) {
      await replyIn(written.outcome.facts?.['thread'] ?? null).finish(written.content)
      return written.outcome
    }
    // What we said stands with us as it was written; the platform shows small print under it.
    const translated = await translateRead(context, deps, { target, to, known: own?.answer ?? null })
    if (translated === null) {
      await replyIn(turn.place.thread).discard()
      return { type: 'dropped' }
    }
    return show(context, deps, translated, replyIn)
  }
}

interface Read {
  made: Translation
  thread: string | null
}

/** As the message stands when the translation is done; null when it is gone by then. */
async function translateRead(
  { turn, post, signal }: Context,
  { translate }: TranslateDeps,
  { target, to, known }: { target: string; to: TargetLang; known: string | null },
): Promise<Read | null> {
  const read = () => post.outbound.read(turn.place, target, signal)
  let message = await read()
  for (let reads = 1; message !== null; reads++) {
    const made = await translate({
      text: known ?? message.text,
      ...{ ...voiceOf(turn), to, workspace: turn.workspace, channel: turn.place.channel },
      ...{ session: turn.lane, signal },
    })
    const { text, thread } = message
    message = await read()
    if (message !== null && (message.text === text || reads === MAX_READS))
      return { made, thread: thread ?? turn.place.thread }
  }
  return null
}

async function show(
  context: Context,
  deps: TranslateDeps,
  { made, thread }: Read,
  replyIn: (thread: string | null) => ReturnType<Context['post']['reply']>,
): Promise<Outcome> {
  const { turn, post } = context
  logResult(context, made)
  // Only the one who put it there wants to know why nothing comes.
  if (made.outcome !== 'translated') {
    await post.whisper(turn.author.id, contentOf(made, readerLang(turn), deps))
    return { type: 'done' }
  }
  const lang = made.to === 'ko' || made.to === 'en' ? made.to : readerLang(turn)
  const content = contentOf(made, lang, deps)
  const outcome: Outcome = { type: 'answered', text: content.text, lang, facts: { thread } }
  context.keep({ content, outcome })
  await replyIn(thread).finish(content)
  return outcome
}
