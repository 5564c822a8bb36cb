// `npm run translate`: translates the lines of standard input by the same code as the bot, with its guards and a glossary
// from a file. Changes nothing.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import type { Both, Lang } from '../core/error.ts'
import { LANG_WORDS, parseTargetLang, TARGET_LANGS, type TargetLang } from '../core/target-lang.ts'
import { parseTone, TONES, type Tone } from '../core/tone.ts'
import { warningOf } from '../core/translation-words.ts'
import { askOf } from '../translating.ts'
import { readTermsCsv } from '../translation/glossary/csv.ts'
import { indexTerms, type TermIndex } from '../translation/glossary/index-terms.ts'
import { createMemoryOfOneRun } from '../translation/memory/of-one-run.ts'
import type { Translate, Translation } from '../translation/model.ts'
import { createTranslator } from '../translation/translator.ts'
import { exportMemory } from './export-memory.ts'
import { ArgumentError, type Command, type Io, parseOptions, UsageError } from './io.ts'
import { modelOf } from './model.ts'

const USAGE = `npm run translate -- --to en [--from ko] [--tone formal|polite|casual] [--glossary terms.csv] [--json]
         [--base-url http://gpu:8000/v1] [--model ID] [--lang ko|en] < lines.txt
       npm run translate -- --export-memory memory.csv
       Without --base-url and --model: EXAONE_BASE_URL and EXAONE_MODEL. A key is read from EXAONE_API_KEY.`

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  tone: { type: 'string' },
  'export-memory': { type: 'string' },
  glossary: { type: 'string' },
  json: { type: 'boolean', default: false },
  'base-url': { type: 'string' },
  model: { type: 'string' },
  lang: { type: 'string' },
} as const

interface Call {
  io: Io
  lang: Lang
  translate: Translate
  from: TargetLang | null
  to: TargetLang
  tone: Tone | null
  isJson: boolean
}

export const translateLines: Command = async (args, { config }, io) => {
  const { values } = parseOptions(USAGE, { args, options: OPTIONS })
  const lang = values.lang ?? (io.locale.startsWith('ko') ? 'ko' : 'en')
  if (values['export-memory'] !== undefined && (lang === 'ko' || lang === 'en'))
    return exportMemory(values['export-memory'], config, io, lang)
  const address = values['base-url']
  const isAddress = address === undefined || (/^https?:\/\//.test(address) && URL.canParse(address))
  if ((lang !== 'ko' && lang !== 'en') || !isAddress || values.to === undefined) throw new UsageError(USAGE)
  const call: Omit<Call, 'translate'> = {
    ...{ io, lang, isJson: values.json, to: langOf('--to', values.to, lang) },
    from: values.from === undefined ? null : langOf('--from', values.from, lang),
    tone: values.tone === undefined ? null : toneOf(values.tone, lang),
  }
  const terms = values.glossary === undefined ? null : await readGlossary(values.glossary, io, lang)
  if (terms === 'unreadable') return 1
  const model = modelOf(config, { baseUrl: address, id: values.model }, io)
  const info = await model.info()
  if (!info.ok) {
    io.err(info.error.hint)
    return 1
  }
  const glossary = terms === null ? {} : { glossary: async () => terms }
  const translate = createTranslator({ ask: askOf(model), ...glossary, memory: createMemoryOfOneRun() })
  // Timers do not keep a process alive; this does, while a line waits for its answer.
  const alive = setInterval(() => undefined, 60_000)
  try {
    return await run({ ...call, translate })
  } finally {
    clearInterval(alive)
  }
}

function langOf(option: string, typed: string, lang: Lang): TargetLang {
  const found = parseTargetLang(typed)
  if (found) return found
  const known = TARGET_LANGS.map((one) => `${one} (${LANG_WORDS[one].name[lang]})`).join(', ')
  throw new ArgumentError(option, lang === 'ko' ? `쓸 수 있는 언어: ${known}` : `one of ${known}`)
}

function toneOf(typed: string, lang: Lang): Tone {
  const found = parseTone(typed)
  if (found) return found
  throw new ArgumentError(
    '--tone',
    lang === 'ko' ? `쓸 수 있는 말투: ${TONES.join(', ')}` : `one of ${TONES.join(', ')}`,
  )
}

/** Good rows are used; bad ones are told by number. */
async function readGlossary(path: string, io: Io, lang: Lang): Promise<TermIndex | 'unreadable'> {
  const written = await readFile(path, 'utf8').catch(() => null)
  if (written === null) {
    const said: Both = { ko: `용어집을 읽을 수 없어요: ${path}`, en: `The glossary cannot be read: ${path}` }
    io.err(said[lang])
    return 'unreadable'
  }
  const { terms, bad } = readTermsCsv(written)
  for (const { row, why } of bad)
    io.err(lang === 'ko' ? `${path} ${row}행: ${why.ko}` : `${path} row ${row}: ${why.en}`)
  return terms.length === 0 && bad.length > 0 ? 'unreadable' : indexTerms(terms)
}

async function run(call: Call): Promise<number> {
  const { io, isJson, lang } = call
  const lines = io.input ?? createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const source of lines) {
    const made = await translateLine(call, source)
    if (isJson) io.out(JSON.stringify(toJson(source, made)))
    else {
      io.out(made.translation)
      const warning = warningOf(made.flags, lang)
      if (warning !== null) io.err(warning)
    }
  }
  return 0
}

function translateLine({ translate, from, to, tone }: Call, text: string): Promise<Translation> {
  const signal = new AbortController().signal
  return translate({
    ...{ text, from, to, tone, signal },
    ...{ workspace: 'cli', channel: null, session: 'translate' },
    memory: { audience: 'cli', author: null },
  })
}

function toJson(source: string, { translation, flags, memory, retries }: Translation) {
  return { source, translation, flags, memory, retries }
}
