// Every setting of the process, in one schema, in the order of .env.example. Parsed once; all problems are reported
// together, each naming the key, what is expected and an example.
import { z } from 'zod'
import type { Family } from './llm/model.ts'

const FAMILIES = [
  'exaone-3.5',
  'exaone-deep',
  'exaone-4.0',
  'exaone-4.0-1.2b',
  'exaone-4.5',
  'k-exaone',
  'k-exaone-2',
  'plain',
  'rehearsal',
] as const satisfies readonly Family[]

export const ROLES = ['gateway', 'worker', 'admin'] as const
export type Role = (typeof ROLES)[number]

const text = z.string().trim().min(1)
const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an http(s) URL, e.g. ${example}` })
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}
const shareError = 'must be a number from 0 to 1, e.g. 0.65'
const share = z.coerce
  .number({ error: shareError })
  .min(0, { error: shareError })
  .max(1, { error: shareError })

/** Of one app, one token for each workspace where it is installed. */
const slackTokens = text
  .transform((value) => value.split(',').flatMap((token) => token.trim() || []))
  .pipe(
    z
      .array(text.regex(/^xoxb-/, 'must start with xoxb- (OAuth & Permissions → Bot User OAuth Token)'))
      .min(1, 'must be a bot token, xoxb-…')
      .refine((tokens) => new Set(tokens).size === tokens.length, {
        error: 'must name each token once: one of each workspace, separated by commas',
      }),
  )
const appToken = text.regex(/^xapp-/, 'must start with xapp- (Basic Information → App-Level Tokens)')
const databaseUrl = text.regex(/^postgres(ql)?:\/\//, 'must be postgres://user:password@host:5432/name')
const redisUrl = text.regex(/^rediss?:\/\//, 'must be redis://host:6379/0')

/** One line per key: what .env.example says too. */
export const configSchema = z.object({
  SLACK_BOT_TOKEN: slackTokens.optional(),
  SLACK_APP_TOKEN: appToken.optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_COMMAND: text.regex(/^\/[a-z0-9_-]{1,31}$/, 'must be like /damso').default('/damso'),
  SLACK_API_URL: url('https://slack.com/api/').optional(),
  DISCORD_TOKEN: text.optional(),
  DISCORD_APPLICATION_ID: text
    .regex(
      /^\d{15,22}$/,
      'must be the application id, 17 to 20 digits (General Information → Application ID)',
    )
    .optional(),
  DISCORD_SHARDS: whole(1, 1_000).default(1),
  DISCORD_API_URL: url('https://discord.com/api').optional(),
  EXAONE_BASE_URL: url('http://gpu:8000/v1').default('http://localhost:8000/v1'),
  EXAONE_API_KEY: text.optional(),
  EXAONE_MODEL: text.optional(),
  EXAONE_PROFILE: z.enum(FAMILIES, { error: `must be one of ${FAMILIES.join(', ')}` }).optional(),
  EXAONE_CONCURRENCY: whole(1, 1024).default(16),
  EMBEDDINGS_BASE_URL: url('http://gpu:8001/v1').optional(),
  EMBEDDINGS_API_KEY: text.optional(),
  EMBEDDINGS_MODEL: text.optional(),
  EMBEDDINGS_QUERY_PREFIX: text.optional(),
  EMBEDDINGS_PASSAGE_PREFIX: text.optional(),
  EMBEDDINGS_MIN_SIMILARITY: share.default(0.65),
  RERANKER_BASE_URL: url('http://gpu:8002/v1').optional(),
  RERANKER_API_KEY: text.optional(),
  RERANKER_MODEL: text.optional(),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  QUEUE_PREFIX: text.regex(/^[\w-]+$/, 'must be letters, digits, _ or -').default('damso'),
  DATA_DIR: text.default('./data'),
  ROLES: z
    .string()
    .default(ROLES.join(','))
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(ROLES, { error: `must be a list of ${ROLES.join(', ')}` })).min(1)),
  PORT: whole(0, 65_535).default(3000),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .default('info'),
  BOT_NAME: text.max(32, 'must be at most 32 characters, e.g. 하늘상점 도우미').default('Damso'),
  QUIET_MS: whole(0, 6_000).default(1_500),
  RETENTION_DAYS: whole(1, 3_650).default(90),
  KB_MAX_FILE_MB: whole(1, 500).default(20),
  QUOTES_AFTER_SECONDS: whole(0, 3_600).default(60),
  KB_ANSWERS_COLLECTION: text
    .max(80)
    .regex(/^[^,]+$/, 'must be one name without commas, e.g. 답변 모음')
    .default('답변 모음 · answers'),
  KB_TRANSLATE_AHEAD: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  LINK_HOSTS: z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((host) => host.trim() || []))
    .pipe(
      z.array(
        z.string().regex(/^[^\s/:@]+\.[^\s/:@]+(?::\d+)?$/, 'must be a list of hosts, e.g. shop.example'),
      ),
    ),
  TIME_ZONE: text
    .refine(isZone, { error: 'must be the name of a time zone, e.g. Asia/Seoul' })
    .default('Asia/Seoul'),
  WEEKLY_REPORT: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  GPU_COST_PER_HOUR: z
    .string()
    .trim()
    .regex(/^\d+(?:\.\d+)?(?:\s+\S{1,8})?$/, 'must be an amount, with its currency if you like, e.g. 2.5 USD')
    .transform((value) => {
      const [amount = '', unit = ''] = value.split(/\s+/)
      return { perHour: Number(amount), unit }
    })
    .optional(),
  GRACE_SECONDS: whole(0, 300).default(20),
  PLATFORM_RATE_SCALE: z.coerce
    .number({ error: 'must be a number above 0, e.g. 1' })
    .positive({ error: 'must be a number above 0, e.g. 1' })
    .default(1),
})

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export type ConfigKey = keyof z.input<typeof configSchema>
export type Config = Readonly<z.infer<typeof configSchema>>

/** Several mistakes are one error: `problems` has a line for each. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** What could be read, and a line for each mistake. A key with a mistake is left out of `config`. */
export interface Configuration {
  config: Config
  problems: readonly string[]
}

/** For commands that can do something with half a configuration. Empty values count as absent, as in a .env file. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Configuration {
  const present = Object.fromEntries(
    Object.keys(configSchema.shape)
      .map((key) => [key, env[key]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = configSchema.safeParse(present)
  const issues = parsed.error?.issues ?? []
  const bad = new Set(issues.map((issue) => issue.path[0]))
  const good = Object.fromEntries(Object.entries(present).filter(([key]) => !bad.has(key)))
  const config = parsed.data ?? configSchema.parse(good)
  const lines = issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  const together = combined(config, (key) => key in present)
  return { config: Object.freeze(config), problems: [...new Set([...lines, ...together])] }
}

/** Throws ConfigError with every problem at once. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { config, problems } = readConfig(env)
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** What running the bot needs beyond a faultless configuration. */
export function parseBotConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { config, problems } = readConfig(env)
  const isNowhere = !PLATFORM_KEYS.some((key) => env[key]?.trim())
  if (isNowhere || problems.length > 0)
    throw new ConfigError(isNowhere ? [NO_PLATFORM, ...problems] : problems)
  return config
}

const PLATFORM_KEYS: readonly ConfigKey[] = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DISCORD_TOKEN',
]
const NO_PLATFORM =
  'no platform: set SLACK_BOT_TOKEN (with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET), or DISCORD_TOKEN with DISCORD_APPLICATION_ID. To look around without accounts: npm run demo'

const HELPERS: readonly (readonly [
  address: ConfigKey,
  model: ConfigKey,
  example: string,
  others: ConfigKey[],
])[] = [
  [
    'EMBEDDINGS_BASE_URL',
    'EMBEDDINGS_MODEL',
    'BAAI/bge-m3',
    [
      'EMBEDDINGS_API_KEY',
      'EMBEDDINGS_QUERY_PREFIX',
      'EMBEDDINGS_PASSAGE_PREFIX',
      'EMBEDDINGS_MIN_SIMILARITY',
    ],
  ],
  ['RERANKER_BASE_URL', 'RERANKER_MODEL', 'BAAI/bge-reranker-v2-m3', ['RERANKER_API_KEY']],
]

/** Servers that help search need an address and a model, and nothing else means anything without an address. */
function helpers(isSet: (key: ConfigKey) => boolean): string[] {
  return HELPERS.flatMap(([address, model, example, others]) => {
    if (isSet(address))
      return isSet(model) ? [] : [`${model} is missing: the model that ${address} serves, e.g. ${example}`]
    const alone = [model, ...others].find(isSet)
    return alone ? [`${alone} does nothing without ${address}`] : []
  })
}

/** What only several keys together can get wrong. A key with a mistake of its own counts as set. */
function combined(config: Config, isSet: (key: ConfigKey) => boolean): string[] {
  const problems: string[] = []
  const receives = isSet('SLACK_APP_TOKEN') || isSet('SLACK_SIGNING_SECRET')
  if (isSet('SLACK_BOT_TOKEN') && !receives) {
    problems.push(
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode, xapp-…) or SLACK_SIGNING_SECRET (HTTP)',
    )
  }
  if (!isSet('SLACK_BOT_TOKEN') && receives) problems.push('SLACK_BOT_TOKEN is missing, e.g. xoxb-…')
  if (isSet('DISCORD_TOKEN') && !isSet('DISCORD_APPLICATION_ID')) {
    problems.push('DISCORD_APPLICATION_ID is missing: General Information → Application ID')
  }
  problems.push(...helpers(isSet))
  const isSplit = !ROLES.every((role) => config.ROLES.includes(role))
  if (isSplit && !isSet('DATABASE_URL')) {
    problems.push(
      'ROLES can only be split when DATABASE_URL is set: the embedded database serves one process',
    )
  }
  return problems
}
