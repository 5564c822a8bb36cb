// `npm run eval -- translate`: has a model translate a hundred and fifty sentences by the same code as the bot, and holds
// them against references and rules. Changes nothing but the table in README.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { delay } from '../core/clock.ts'
import { isBotError, type Lang } from '../core/error.ts'
import { warningOf } from '../core/translation-words.ts'
import { askOf } from '../translating.ts'
import { indexTerms } from '../translation/glossary/index-terms.ts'
import { createTranslator } from '../translation/translator.ts'
import { writeTranslations } from './eval/readme.ts'
import { parseSentences, type Sentence } from './eval/sentences.ts'
import { summarizeTranslations, type Translated, toTranslationRows } from './eval/translation-score.ts'
import { type Command, type Io, parseOptions, UsageError } from './io.ts'
import { modelOf } from './model.ts'
import { createProgressBar } from './progress.ts'
import { toTable } from './table.ts'

const USAGE = `npm run eval -- translate [--base-url http://gpu:8000/v1] [--model ID] [--limit 150] [--concurrency 4]
         [--json] [--readme FOLDER | --no-readme] [--lang ko|en]
       Without --base-url and --model: EXAONE_BASE_URL and EXAONE_MODEL. A key is read from EXAONE_API_KEY.`

const OPTIONS = {
  'base-url': { type: 'string' },
  model: { type: 'string' },
  limit: { type: 'string', default: '9999' },
  concurrency: { type: 'string', default: '4' },
  json: { type: 'boolean', default: false },
  readme: { type: 'string' },
  'no-readme': { type: 'boolean', default: false },
  lang: { type: 'string' },
} as const

const ROOT = new URL('../../', import.meta.url)
const SENTENCES = new URL('test/eval/translations.tsv', ROOT)
const NO_SENTENCES = {
  ko: '문장 파일이 없어요. 저장소를 내려받은 폴더에서 실행하세요. 컨테이너에는 들어 있지 않아요.',
  en: 'There are no sentences here. Run this in a checkout: the container is without them.',
}
const STAYS = {
  ko: 'README는 그대로예요. 실제 모델이 모든 문장을 옮겼을 때만 고쳐요.',
  en: 'README stays as it is: it is written when a real model has translated all the sentences.',
}
const WAITS_MS: readonly number[] = [1_000, 4_000, 10_000]
/** Every further sentence would fail in the same way. */
const IS_HOPELESS = ['model-unreachable', 'model-unauthorized', 'model-not-found', 'model-bad-request']

type One = (sentence: Sentence) => Promise<Translated>

export const evaluateTranslations: Command = async (args, { config }, io) => {
  const { values } = parseOptions(USAGE, { args, options: OPTIONS })
  const lang = values.lang ?? (io.locale.startsWith('ko') ? 'ko' : 'en')
  const isNumbered = [values.limit, values.concurrency].every((each) => /^[1-9]\d{0,3}$/.test(each))
  const address = values['base-url']
  const isAddress = address === undefined || (/^https?:\/\//.test(address) && URL.canParse(address))
  if ((lang !== 'ko' && lang !== 'en') || !isNumbered || !isAddress) throw new UsageError(USAGE)
  if (values.readme !== undefined && values['no-readme']) throw new UsageError(USAGE)
  const written = await readFile(SENTENCES, 'utf8').catch(() => null)
  if (written === null) {
    io.err(NO_SENTENCES[lang])
    return 1
  }
  const all = parseSentences(written)
  const wanted = Math.min(Number(values.limit), all.length)
  // Evenly from all of them, so that a few have every kind among them.
  const picked = Array.from(
    { length: wanted },
    (_, at) => all[Math.floor((at * all.length) / wanted)] as Sentence,
  )
  const model = modelOf(config, { baseUrl: address, id: values.model }, io)
  const info = await model.info()
  if (!info.ok) {
    io.err(info.error.hint)
    return 1
  }
  // Timers do not keep a process alive; this does, while a sentence waits to be asked again.
  const alive = setInterval(() => undefined, 60_000)
  try {
    const made = await translateAll(picked, Number(values.concurrency), oneBy(askOf(model), io), io)
    const hopeless = made.find(({ error }) => error !== null && IS_HOPELESS.includes(error))
    if (hopeless) {
      io.err(stopped(made.filter(({ error }) => error === null).length, picked.length, lang))
      return 1
    }
    const summary = summarizeTranslations(made)
    const date = new Date(io.clock.now()).toISOString().slice(0, 10)
    if (values.json) io.out(JSON.stringify({ model: model.id, date, summary, sentences: made.map(toJson) }))
    else tell(made, toTable(toTranslationRows(summary, lang)), io, lang)
    if (values['no-readme']) return 0
    if (wanted < all.length || model.profile.rehearsal || summary.all.failed.right > 0) io.err(STAYS[lang])
    else {
      const folder = values.readme ?? fileURLToPath(ROOT)
      for (const path of await writeTranslations(folder, {
        model: model.id,
        sentences: wanted,
        date,
        summary,
      }))
        io.err(
          lang === 'ko'
            ? `${path}: 결과를 쓸 자리(표시)가 없어요.`
            : `${path} has no marks to write between.`,
        )
    }
    return 0
  } finally {
    clearInterval(alive)
  }
}

/** One sentence on the way that a message takes, each with its own glossary. Never rejects for what a model does wrong. */
function oneBy(ask: ReturnType<typeof askOf>, { clock }: Io): One {
  return async (sentence) => {
    const terms = indexTerms([...sentence.terms])
    const translate = createTranslator({ ask, glossary: async () => terms })
    const { source, from, to, tone } = sentence
    for (let tries = 0; ; tries++) {
      try {
        const { translation, flags, retries } = await translate({
          ...{ text: source, from, to, tone, workspace: 'eval', channel: null, session: 'eval-translate' },
          signal: new AbortController().signal,
        })
        return { sentence, translation, flags, retries, error: null }
      } catch (error) {
        if (!isBotError(error)) throw error
        const waitMs = WAITS_MS[tries]
        const isSaid = error.code === 'model-garbled' || error.code === 'model-empty'
        if (!error.retryable || isSaid || waitMs === undefined)
          return { sentence, translation: null, flags: [], retries: 0, error: error.code }
        await delay(clock, error.retryAfterMs ?? waitMs)
      }
    }
  }
}

/** Several at a time, in the order in which they stand; stops when no further one can succeed. */
async function translateAll(
  sentences: readonly Sentence[],
  concurrency: number,
  one: One,
  { clock }: Io,
): Promise<Translated[]> {
  using bar = createProgressBar(process.stderr, clock.monotonic)
  const made: (Translated | undefined)[] = []
  let next = 0
  let isHopeless = false
  let done = 0
  const goOn = async (): Promise<void> => {
    for (let at = next++; at < sentences.length && !isHopeless; at = next++) {
      const sentence = sentences[at] as Sentence
      const result = await one(sentence)
      made[at] = result
      isHopeless ||= result.error !== null && IS_HOPELESS.includes(result.error)
      bar.show(++done, sentences.length, sentence.source)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, goOn))
  return made.filter((result) => result !== undefined)
}

function tell(made: readonly Translated[], table: readonly string[], io: Io, lang: Lang): void {
  for (const line of table) io.out(line)
  for (const { sentence, translation, flags, error } of made) {
    const why = error ?? warningOf(flags, lang)
    if (why !== null) io.out(`✗ ${sentence.source} → ${translation ?? '-'} — ${why}`)
  }
}

function toJson({ sentence, ...rest }: Translated) {
  const { topic, to, tone, source, reference } = sentence
  return { topic, to, tone, source, reference, ...rest }
}

function stopped(done: number, of: number, lang: Lang): string {
  return lang === 'ko'
    ? `문장 ${of}개 가운데 ${done}개를 옮기고 멈췄어요. 모델 서버를 확인해 주세요.`
    : `Stopped after ${done} of ${of} sentences. Please check the model server.`
}
