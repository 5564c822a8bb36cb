// Slack: each workspace's bot token and its scopes, the app token, how events arrive, and this machine's clock.
import type { Config } from '../../config.ts'
import { toInstallation } from '../../slack/installations.ts'
import { BOT_SCOPES } from '../../slack/scopes.ts'
import { withJosa } from '../../text/particles.ts'
import type { Io } from '../io.ts'
import { bad, type Finding, ok, warn } from './finding.ts'

const DEFAULT_API_URL = 'https://slack.com/api/'
const TIMEOUT_MS = 5_000
/** Slack's signatures are refused when they are five minutes off. */
const MAX_SKEW_S = 300
const SOME_SKEW_S = 30

type Answer =
  | { outcome: 'ok'; body: Record<string, unknown>; scopes: string[]; date: string | null }
  | { outcome: 'refused'; error: string }
  | { outcome: 'lost'; reason: string }

export async function checkSlack(config: Config, io: Io): Promise<Finding[]> {
  const tokens = config.SLACK_BOT_TOKEN
  if (!tokens)
    return [ok({ en: 'Not used (SLACK_BOT_TOKEN is unset)', ko: '사용 안 함(SLACK_BOT_TOKEN이 비어 있음)' })]
  const answers = await Promise.all(tokens.map((token) => call(config, 'auth.test', token)))
  const found: Finding[] = []
  const seen = new Map<string, number>()
  for (const [index, answer] of answers.entries()) {
    const nth = tokens.length > 1 ? ` ${index + 1}` : ''
    if (answer.outcome !== 'ok') found.push(botTokenFailed(answer, nth))
    else found.push(checkWorkspace(answer.body, index + 1, nth, seen), checkScopes(answer.scopes, nth))
  }
  const date = answers.flatMap((answer) => (answer.outcome === 'ok' && answer.date) || [])[0]
  found.push(
    ...(await checkApp(config, tokens, answers)),
    ...(await checkDelivery(config)),
    ...(date ? [checkClock(Date.parse(date), io.clock.now())] : []),
  )
  // A Slack that is away is said once.
  return found.filter(({ says }, at) => found.findIndex((one) => one.says.en === says.en) === at)
}

/** `seen`: places of tokens by workspace. */
function checkWorkspace(
  body: Record<string, unknown>,
  place: number,
  nth: string,
  seen: Map<string, number>,
): Finding {
  const { workspace, botUser } = toInstallation('', body)
  const name = `${body['team']} (${workspace.slice('slack:'.length)})`
  const before = seen.get(workspace)
  seen.set(workspace, before ?? place)
  if (before === undefined)
    return ok({
      en: `Bot token${nth}: @${body['user']} (${botUser}) in ${name}`,
      ko: `봇 토큰${nth}: ${name}의 @${body['user']}(${botUser})`,
    })
  return warn(
    {
      en: `Bot token${nth} is of ${name} too: the one before it (${before}) is used`,
      ko: `봇 토큰${nth}도 ${name}의 것이에요. 앞에 있는 ${withJosa(`토큰 ${before}`, '을/를')} 써요`,
    },
    {
      en: 'Leave only the current one in SLACK_BOT_TOKEN.',
      ko: 'SLACK_BOT_TOKEN에 지금 쓰는 것만 남기세요.',
    },
  )
}

/** All workspaces share one signing secret and one app token, so the tokens must be of one app. */
async function checkApp(
  config: Config,
  tokens: readonly string[],
  answers: readonly Answer[],
): Promise<Finding[]> {
  const apps = await Promise.all(
    answers.map(async (answer, index) => {
      if (answer.outcome !== 'ok') return ''
      const bot = await call(config, 'bots.info', tokens[index]!, { bot: String(answer.body['bot_id']) })
      const info = bot.outcome === 'ok' ? (bot.body['bot'] as Record<string, unknown> | undefined) : undefined
      return String(info?.['app_id'] ?? '')
    }),
  )
  const different = [...new Set(apps.filter((app) => app !== ''))]
  if (different.length < 2) return []
  const list = different.join(', ')
  return [
    bad(
      {
        en: `The bot tokens are of different apps: ${list}`,
        ko: `봇 토큰들이 서로 다른 앱의 것이에요: ${list}`,
      },
      {
        en: 'Install one app in every workspace (docs/slack.md, “Several workspaces”); another app needs a deployment of its own.',
        ko: '앱 하나를 모든 워크스페이스에 설치하세요(docs/ko/slack.md의 “여러 워크스페이스”). 다른 앱은 따로 배포해야 해요.',
      },
    ),
  ]
}

/** Slack answers 200 with `ok: false`; the granted scopes and the time are in headers. */
async function call(
  config: Config,
  method: string,
  token: string,
  args: Record<string, string> = {},
): Promise<Answer> {
  const base = config.SLACK_API_URL ?? DEFAULT_API_URL
  try {
    const response = await fetch(new URL(method, base.endsWith('/') ? base : `${base}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(args),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = (await response.json()) as Record<string, unknown>
    if (body['ok'] !== true)
      return { outcome: 'refused', error: String(body['error'] ?? `HTTP ${response.status}`) }
    const scopes = (response.headers.get('x-oauth-scopes') ?? '').split(',').map((scope) => scope.trim())
    return { outcome: 'ok', body, scopes, date: response.headers.get('date') }
  } catch (error) {
    const { name, message, cause } = error as Error
    return { outcome: 'lost', reason: cause instanceof Error ? cause.message : `${name}: ${message}` }
  }
}

function unreachable(reason: string): Finding {
  return bad(
    { en: `Slack cannot be reached (${reason})`, ko: `슬랙에 연결할 수 없어요(${reason})` },
    {
      en: 'Check the network, a proxy, and https://slack-status.com',
      ko: '네트워크와 프록시, https://slack-status.com 을 확인하세요.',
    },
  )
}

function botTokenFailed(answer: Exclude<Answer, { outcome: 'ok' }>, nth: string): Finding {
  if (answer.outcome === 'lost') return unreachable(answer.reason)
  return bad(
    {
      en: `Slack refused bot token${nth} (${answer.error})`,
      ko: `슬랙이 ${withJosa(`봇 토큰${nth}`, '을/를')} 거부했어요(${answer.error})`,
    },
    {
      en: 'api.slack.com/apps → Install App: install it again and put the Bot User OAuth Token in SLACK_BOT_TOKEN.',
      ko: 'api.slack.com/apps → Install App에서 다시 설치하고 Bot User OAuth Token을 SLACK_BOT_TOKEN에 넣으세요.',
    },
  )
}

function checkScopes(granted: readonly string[], nth: string): Finding {
  const [en, ko] = nth === '' ? ['', ''] : [`Bot token${nth}: `, `봇 토큰${nth}: `]
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope))
  if (missing.length === 0)
    return ok({
      en: `${en}All ${BOT_SCOPES.length} scopes are granted`,
      ko: `${ko}권한(scope) ${BOT_SCOPES.length}개 모두 있음`,
    })
  return bad(
    {
      en: `${en}Missing scopes: ${missing.join(', ')}`,
      ko: `${ko}빠진 권한(scope): ${missing.join(', ')}`,
    },
    {
      en: 'api.slack.com/apps → App Manifest: paste the output of npm run manifest, then install the app again.',
      ko: 'api.slack.com/apps → App Manifest에 npm run manifest 의 출력을 붙여 넣고 앱을 다시 설치하세요.',
    },
  )
}

async function checkDelivery(config: Config): Promise<Finding[]> {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: secret, PORT } = config
  if (!appToken) {
    if (!secret) return []
    return [
      warn(
        {
          en: `Events over HTTP: Slack must reach /slack/events on port ${PORT}; that and the signing secret cannot be checked from here`,
          ko: `HTTP로 이벤트를 받아요. 슬랙이 포트 ${PORT}의 /slack/events에 접속할 수 있어야 하는데, 이것과 서명 시크릿은 여기서 확인할 수 없어요`,
        },
        {
          en: 'api.slack.com/apps → Event Subscriptions shows Verified when both are right.',
          ko: 'api.slack.com/apps → Event Subscriptions에 Verified라고 나오면 둘 다 맞아요.',
        },
      ),
    ]
  }
  const answer = await call(config, 'apps.connections.open', appToken)
  if (answer.outcome === 'lost') return [unreachable(answer.reason)]
  if (answer.outcome === 'ok')
    return [
      ok({
        en: 'Socket Mode: the app token opens a connection',
        ko: 'Socket Mode: 앱 토큰으로 연결할 수 있음',
      }),
    ]
  return [
    bad(
      { en: `Socket Mode refused (${answer.error})`, ko: `Socket Mode 연결을 거부했어요(${answer.error})` },
      {
        en: 'api.slack.com/apps → Socket Mode: switch it on; Basic Information → App-Level Tokens: one with connections:write goes into SLACK_APP_TOKEN.',
        ko: 'api.slack.com/apps → Socket Mode를 켜고, Basic Information → App-Level Tokens에서 connections:write 토큰을 만들어 SLACK_APP_TOKEN에 넣으세요.',
      },
    ),
  ]
}

function checkClock(theirs: number, ours: number): Finding {
  const seconds = Math.round(Math.abs(ours - theirs) / 1000)
  if (seconds < SOME_SKEW_S) return ok({ en: 'Clock agrees with Slack’s', ko: '시계가 슬랙과 맞음' })
  const says = { en: `Clock is ${seconds} s off Slack’s`, ko: `시계가 슬랙과 ${seconds}초 달라요` }
  const remedy = {
    en: 'Switch on time synchronisation (NTP): from five minutes on, signatures are refused.',
    ko: '시간 동기화(NTP)를 켜세요. 5분이 넘으면 서명이 거부돼요.',
  }
  return seconds < MAX_SKEW_S ? warn(says, remedy) : bad(says, remedy)
}
