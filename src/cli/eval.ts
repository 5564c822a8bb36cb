// `npm run eval`: asks a model a hundred questions about the sample shop, as people in chat would, and says how many of
// its answers were right. Changes nothing but the table in README.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BotError, Lang } from '../core/error.ts'
import type { Model } from '../llm/model.ts'
import { type SearchHelp, searchHelp } from '../search-help.ts'
import type { Database } from '../store/db.ts'
import { type Asked, openAsker } from './eval/asker.ts'
import { parseQuestions, pickQuestions, type Question } from './eval/questions.ts'
import { writeResult } from './eval/readme.ts'
import { type Summary, summarize, toVerdict } from './eval/score.ts'
import { toFigures, toRows } from './eval/words.ts'
import { type Command, type Io, parseOptions, UsageError } from './io.ts'
import { modelOf } from './model.ts'
import { createProgressBar } from './progress.ts'
import { toTable } from './table.ts'

const USAGE = `npm run eval -- [--base-url http://gpu:8000/v1] [--model ID] [--limit 100] [--concurrency 4] [--json]
         [--readme FOLDER | --no-readme] [--lang ko|en]
       npm run eval -- translate: the same for translations
       Without --base-url and --model: EXAONE_BASE_URL and EXAONE_MODEL. A key is read from EXAONE_API_KEY.`

const OPTIONS = {
  'base-url': { type: 'string' },
  model: { type: 'string' },
  limit: { type: 'string' },
  concurrency: { type: 'string', default: '4' },
  json: { type: 'boolean', default: false },
  readme: { type: 'string' },
  'no-readme': { type: 'boolean', default: false },
  lang: { type: 'string' },
} as const

const ROOT = new URL('../../', import.meta.url)
const QUESTIONS = new URL('test/eval/questions.tsv', ROOT)
const ARTICLES = fileURLToPath(new URL('test/playground/shop/articles', ROOT))
const NO_QUESTIONS = {
  ko: '질문 파일이 없어요. 저장소를 내려받은 폴더에서 실행하세요. 컨테이너에는 들어 있지 않아요.',
  en: 'There are no questions here. Run this in a checkout: the container is without them.',
}
/** Every further question would fail in the same way. */
const IS_HOPELESS = ['model-unreachable', 'model-unauthorized', 'model-not-found', 'model-bad-request']

interface Call {
  io: Io
  lang: Lang
  model: Model
  questions: Question[]
  isWhole: boolean
  concurrency: number
  isJson: boolean
  /** Null = README stays as it is. */
  readme: string | null
  help(db: Database): SearchHelp
}

export const evaluate: Command = async (args, configuration, io) => {
  if (args[0] === 'translate') {
    const { evaluateTranslations } = await import('./eval-translate.ts')
    return evaluateTranslations(args.slice(1), configuration, io)
  }
  const { config } = configuration
  const { values } = parseOptions(USAGE, { args, options: OPTIONS })
  const lang = values.lang ?? (io.locale.startsWith('ko') ? 'ko' : 'en')
  const numbers = [values.limit ?? '1', values.concurrency]
  const isNumbered = numbers.every((each) => /^[1-9]\d{0,3}$/.test(each))
  const address = values['base-url']
  const isAddress = address === undefined || (/^https?:\/\//.test(address) && URL.canParse(address))
  if ((lang !== 'ko' && lang !== 'en') || !isNumbered || !isAddress) throw new UsageError(USAGE)
  if (values.readme !== undefined && values['no-readme']) throw new UsageError(USAGE)
  const written = await readFile(QUESTIONS, 'utf8').catch(() => null)
  if (written === null) {
    io.err(NO_QUESTIONS[lang])
    return 1
  }
  const all = parseQuestions(written)
  const questions = pickQuestions(all, values.limit ? Number(values.limit) : all.length)
  const call: Call = {
    ...{ io, lang, questions, isWhole: questions.length === all.length, isJson: values.json },
    model: modelOf(config, { baseUrl: address, id: values.model }, io),
    concurrency: Number(values.concurrency),
    help: (db) => searchHelp(config, db),
    readme: values['no-readme'] ? null : (values.readme ?? fileURLToPath(ROOT)),
  }
  // Timers do not keep a process alive; this does, while a question waits to be asked again.
  const alive = setInterval(() => undefined, 60_000)
  try {
    return await run(call)
  } finally {
    clearInterval(alive)
  }
}

async function run(call: Call): Promise<number> {
  const { io, model, questions, lang } = call
  const info = await model.info()
  if (!info.ok) {
    io.err(info.error.hint)
    return 1
  }
  await using asker = await openAsker({ model, articles: ARTICLES, help: call.help, clock: io.clock })
  const { asked, hopeless } = await askAll(call, (question) => asker.ask(question))
  if (hopeless) {
    io.err(hopeless.hint)
    io.err(
      {
        ko: `질문 ${questions.length}개 가운데 ${asked.length}개를 묻고 멈췄어요.`,
        en: `Stopped after ${asked.length} of ${questions.length} questions.`,
      }[lang],
    )
    return 1
  }
  const summary = summarize(asked)
  const date = new Date(io.clock.now()).toISOString().slice(0, 10)
  if (call.isJson) io.out(JSON.stringify({ model: model.id, date, summary, questions: asked.map(toJson) }))
  else {
    for (const line of toTable(toRows(summary, lang))) io.out(line)
    io.out(toFigures(summary.figures, lang))
    for (const line of asked.flatMap((one) => toComplaint(one, lang))) io.out(line)
  }
  await keep(call, summary, date)
  return 0
}

/** Several at a time, in the order in which they stand; stops when no further one can succeed. */
async function askAll(
  { io, questions, concurrency }: Call,
  ask: (question: Question) => Promise<Asked>,
): Promise<{ asked: Asked[]; hopeless: BotError | null }> {
  using bar = createProgressBar(process.stderr, io.clock.monotonic)
  const asked: Asked[] = []
  let hopeless: BotError | null = null
  let next = 0
  const askNext = async (): Promise<void> => {
    for (let at = next++; at < questions.length && !hopeless; at = next++) {
      const one = await ask(questions[at] as Question)
      if (one.error && IS_HOPELESS.includes(one.error.code)) hopeless = one.error
      else asked.push(one)
      bar.show(asked.length, questions.length, one.question.text)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, askNext))
  const order = new Map(questions.map((question, at) => [question, at]))
  asked.sort((a, b) => (order.get(a.question) ?? 0) - (order.get(b.question) ?? 0))
  return { asked, hopeless }
}

/** Only a whole run of a real model is worth telling everybody. */
async function keep({ io, model, lang, questions, isWhole, readme }: Call, summary: Summary, date: string) {
  if (readme === null) return
  const say = (text: Readonly<Record<Lang, string>>): void => io.err(text[lang])
  if (!isWhole || model.profile.rehearsal || summary.all.failed.right > 0) {
    say({
      ko: 'README는 그대로예요. 실제 모델이 모든 질문에 답했을 때만 고쳐요.',
      en: 'README stays as it is: it is written when a real model has answered all the questions.',
    })
    return
  }
  const left = await writeResult(readme, { model: model.id, questions: questions.length, date, summary })
  for (const path of left)
    say({ ko: `${path}: 결과를 쓸 자리(표시)가 없어요.`, en: `${path} has no marks to write between.` })
}

function toJson(asked: Asked) {
  const { question, error, ...rest } = asked
  return {
    ...{ question: question.text, lang: question.lang, pages: question.pages, articles: question.articles },
    ...{ ...rest, error: error?.code ?? null, ...toVerdict(asked) },
  }
}

/** What went wrong with a question, in a line; nothing when all is well. */
function toComplaint(asked: Asked, lang: Lang): string[] {
  const { question, outcome, error, cited } = asked
  const { isCorrect, isFalse, isInLanguage, missing } = toVerdict(asked)
  const say = (ko: string, en: string): string[] => [{ ko, en }[lang]]
  const strange = cited.filter((article) => !question.articles.includes(article))
  const wrong = [
    ...(outcome === 'failed' ? say(`답이 없음: ${error?.code}`, `no answer: ${error?.code}`) : []),
    ...(isFalse ? say('문서에 없는데 답함', 'answered, but not in the documents') : []),
    ...(isCorrect === false && outcome === 'refused' ? say('모른다고 함', 'said not to be known') : []),
    ...(isCorrect === false && outcome === 'answered'
      ? say(`빠짐: ${missing.join(', ')}`, `missing: ${missing.join(', ')}`)
      : []),
    ...(isInLanguage === false ? say('다른 언어', 'another language') : []),
    ...(isCorrect !== null && strange.length > 0
      ? say(`엉뚱한 출처: ${strange.join(', ')}`, `cites ${strange.join(', ')}`)
      : []),
  ]
  return wrong.length === 0 ? [] : [`✗ ${question.text} — ${wrong.join('; ')}`]
}
