// Shows and changes the glossary; only for those who answer customers, which is checked here.
import type { Answers } from '../../src/core/answers.ts'
import { isBotError, type Lang } from '../../src/core/error.ts'
import { GLOSSARY } from '../../src/core/glossary-words.ts'
import { LANG_WORDS, TARGET_LANGS } from '../../src/core/target-lang.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import { isPrivate } from '../../src/core/turn.ts'
import type { Glossary, Term } from '../../src/translation/model.ts'
import { askerLang } from '../asker-lang.ts'
import { refusalOf } from '../staff.ts'

const MAX_FILE_BYTES = 2_000_000
const MAX_SHOWN = 50
const MAX_EXPORT_CHARS = 20_000
const MAX_NAMED = 20

export interface GlossaryDeps {
  glossary: Glossary
  answers: Pick<Answers, 'isStaff'>
}

export function createGlossaryChange({ glossary, answers }: GlossaryDeps): Handler {
  return async (context) => {
    const { turn, post, log } = context
    const body = turn.messages[0]?.body ?? {}
    const lang = askerLang(turn)
    const say = async (text: string): Promise<{ type: 'done' }> => {
      await post.reply('say', { isPrivate: isPrivate(turn) }).finish({ text, lang })
      return { type: 'done' }
    }
    const refusal = await refusalOf(answers, context)
    if (refusal) return say(refusal[lang])
    const action = String(body['action'])
    const scope = body['scope'] === 'channel' ? turn.place.channel : null
    const said = await carryOut(context, glossary, { action, scope, lang })
    log.info({ action, scope: scope === null ? 'workspace' : 'channel' }, 'glossary')
    return say(said)
  }
}

async function carryOut(
  context: Context,
  glossary: Glossary,
  { action, scope, lang }: { action: string; scope: string | null; lang: Lang },
): Promise<string> {
  const { turn } = context
  const { workspace, author } = turn
  const typed = turn.messages[0]?.text ?? ''
  const words = GLOSSARY[lang]
  if (action === 'add') {
    const added = await glossary.add(workspace, scope, typed, author.id)
    if (added.outcome === 'unreadable') return words.unreadable
    if (added.outcome === 'bad') return `${words.unreadable} ${added.why[lang]}.`
    if (added.outcome === 'contradiction') return words.contradiction(added.clash)
    if (added.outcome === 'full') return words.full(added.max)
    return words.added(lineOf(added.term, lang))
  }
  if (action === 'remove') return words.removed(typed, await glossary.remove(workspace, scope, typed))
  if (action === 'import') return importAll(context, glossary, scope, lang)
  if (action === 'export') {
    const csv = await glossary.exportCsv(workspace, scope)
    return csv.length > MAX_EXPORT_CHARS
      ? words.exportTooLong
      : `\`\`\`csv\n${csv.replaceAll('`', 'ˋ')}\`\`\``
  }
  const terms = await glossary.list(workspace, scope)
  if (terms.length === 0) return words.none
  const lines = terms.slice(0, MAX_SHOWN).map((term) => `- ${lineOf(term, lang)}`)
  const more = terms.length > MAX_SHOWN ? [words.more(terms.length - MAX_SHOWN)] : []
  return [words.title(terms.length), ...lines, ...more].join('\n')
}

/** From the file, or from what stands after the command. */
async function importAll(
  context: Context,
  glossary: Glossary,
  scope: string | null,
  lang: Lang,
): Promise<string> {
  const { turn, post } = context
  const words = GLOSSARY[lang]
  const [message] = turn.messages
  const [file] = message?.attachments ?? []
  let csv = message?.text ?? ''
  if (file) {
    if (file.bytes > MAX_FILE_BYTES) return words.fileTooLarge
    try {
      csv = Buffer.from(await post.outbound.fetch(turn.place, file, MAX_FILE_BYTES)).toString('utf8')
    } catch (error) {
      if (!isBotError(error) || error.retryable) throw error
      return words.fileRefused
    }
  }
  if (csv.trim() === '') return words.nothingToImport
  const { taken, left, bad, clashes } = await glossary.importCsv(turn.workspace, scope, csv, turn.author.id)
  const rows = bad.slice(0, MAX_NAMED).map(({ row, why }) => `- ${words.row(row)}: ${why[lang]}`)
  const named = clashes.slice(0, MAX_NAMED).map((clash) => `- ${words.clash(clash)}`)
  const more = bad.length > MAX_NAMED ? [words.more(bad.length - MAX_NAMED)] : []
  return [
    words.imported(taken, bad.length),
    ...(left > 0 ? [words.noRoom(left)] : []),
    ...rows,
    ...more,
    ...named,
  ].join('\n')
}

function lineOf({ forms, kind, forbidden, isCaseSensitive }: Term, lang: Lang): string {
  const words = GLOSSARY[lang]
  const named = TARGET_LANGS.flatMap((one) => {
    const form = forms[one]
    return form === undefined
      ? []
      : [one === 'ko' || one === 'en' ? form : `${LANG_WORDS[one].name[lang]}: ${form}`]
  })
  const notes = [
    ...(kind === 'keep' ? [words.kept] : []),
    ...(forbidden.length > 0 ? [words.forbidden(forbidden.join(', '))] : []),
    ...(isCaseSensitive ? [words.caseCounts] : []),
  ]
  return `${named.join(' = ')}${notes.length === 0 ? '' : ` (${notes.join(' · ')})`}`
}
