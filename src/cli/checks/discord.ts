// Discord: the token, the application, the message content intent, and whether the commands are registered.
import { COMMANDS } from '../../../commands/index.ts'
import type { Config } from '../../config.ts'
import { type Answer, createDiscordApi, type DiscordApi } from '../../discord/api.ts'
import { toDiscordCommands } from '../../discord/commands.ts'
import { inviteUrl } from '../invite.ts'
import { bad, type Finding, ok, warn } from './finding.ts'

// discord-api-docs resources/application.mdx "Application Flags": approved, and switched on for a small bot.
const MESSAGE_CONTENT = (1 << 18) | (1 << 19)
const TIMEOUT_MS = 5_000

interface Application {
  id: string
  name: string
  flags?: number
  approximate_guild_count?: number
  interactions_endpoint_url?: string | null
}

export async function checkDiscord(config: Config): Promise<Finding[]> {
  const token = config.DISCORD_TOKEN
  if (!token)
    return [ok({ en: 'Not used (DISCORD_TOKEN is unset)', ko: '사용 안 함(DISCORD_TOKEN이 비어 있음)' })]
  const api = createDiscordApi({ token, apiUrl: config.DISCORD_API_URL, timeoutMs: TIMEOUT_MS })
  const me = await api.call<{ username: string }>({ method: 'GET', path: '/users/@me' })
  if (me.outcome !== 'ok') return [failed(me)]
  const said = [ok({ en: `Bot token: ${me.value.username}`, ko: `봇 토큰: ${me.value.username}` })]
  const application = await api.call<Application>({ method: 'GET', path: '/applications/@me' })
  if (application.outcome !== 'ok') return [...said, failed(application)]
  said.push(checkId(application.value, config), ...checkApplication(application.value))
  said.push(await checkCommands(api, application.value.id, config), await checkShards(api, config))
  return said
}

async function checkShards(api: DiscordApi, { DISCORD_SHARDS: set }: Config): Promise<Finding> {
  const answer = await api.call<{ shards: number }>({ method: 'GET', path: '/gateway/bot' })
  if (answer.outcome !== 'ok') return failed(answer)
  const wanted = answer.value.shards
  if (set >= wanted)
    return ok({ en: `${set} of ${wanted} needed connections`, ko: `연결 ${set}개(필요 ${wanted}개)` })
  return warn(
    {
      en: `Discord recommends ${wanted} shards for this bot, DISCORD_SHARDS is ${set}`,
      ko: `디스코드가 이 봇에 권하는 샤드는 ${wanted}개인데, DISCORD_SHARDS는 ${set}이에요`,
    },
    {
      en: `Set DISCORD_SHARDS=${wanted} in every process and restart them together.`,
      ko: `모든 프로세스에서 DISCORD_SHARDS=${wanted} 로 바꾸고 함께 다시 시작하세요.`,
    },
  )
}

function failed(answer: Exclude<Answer<unknown>, { outcome: 'ok' }>): Finding {
  if (answer.outcome === 'refused' && answer.status === 401) {
    return bad(
      { en: 'Discord refused the bot token (401)', ko: '디스코드가 봇 토큰을 거부했어요(401)' },
      {
        en: 'Developer Portal → Bot → Reset Token, and put the new one in DISCORD_TOKEN.',
        ko: 'Developer Portal → Bot → Reset Token으로 새 토큰을 만들어 DISCORD_TOKEN에 넣으세요.',
      },
    )
  }
  if (answer.outcome === 'limited') {
    const seconds = Math.ceil(answer.retryAfterMs / 1000)
    return warn(
      {
        en: `Discord limits this bot for ${seconds} s`,
        ko: `디스코드가 ${seconds}초 동안 요청을 제한하고 있어요`,
      },
      { en: 'Run the doctor again after that.', ko: '그 뒤에 다시 점검하세요.' },
    )
  }
  const what = answer.outcome === 'refused' ? `HTTP ${answer.status}` : 'no answer'
  const whatKo = answer.outcome === 'refused' ? `HTTP ${answer.status}` : '응답 없음'
  return bad(
    { en: `Discord cannot be reached (${what})`, ko: `디스코드에 연결할 수 없어요(${whatKo})` },
    {
      en: 'Check the network, a proxy, and https://discordstatus.com',
      ko: '네트워크와 프록시, https://discordstatus.com 을 확인하세요.',
    },
  )
}

function checkId({ id, name }: Application, config: Config): Finding {
  if (id === config.DISCORD_APPLICATION_ID)
    return ok({ en: `Application ${name} (${id})`, ko: `애플리케이션 ${name}(${id})` })
  return bad(
    {
      en: `The token belongs to application ${id}, but DISCORD_APPLICATION_ID is ${config.DISCORD_APPLICATION_ID ?? 'unset'}`,
      ko: `토큰은 애플리케이션 ${id}의 것인데, DISCORD_APPLICATION_ID는 ${config.DISCORD_APPLICATION_ID ?? '비어 있음'}`,
    },
    { en: `Set DISCORD_APPLICATION_ID=${id}`, ko: `DISCORD_APPLICATION_ID=${id} 로 바꾸세요.` },
  )
}

function checkApplication(application: Application): Finding[] {
  const said: Finding[] = []
  if ((application.flags ?? 0) & MESSAGE_CONTENT)
    said.push(ok({ en: 'Message Content Intent is on', ko: 'Message Content Intent 켜짐' }))
  else
    said.push(
      bad(
        {
          en: 'Message Content Intent is off: Discord will refuse the connection (4014)',
          ko: 'Message Content Intent가 꺼져 있어서 디스코드가 연결을 거부해요(4014)',
        },
        {
          en: 'Developer Portal → Bot → Privileged Gateway Intents → Message Content Intent',
          ko: 'Developer Portal → Bot → Privileged Gateway Intents에서 Message Content Intent를 켜세요.',
        },
      ),
    )
  if (application.interactions_endpoint_url)
    said.push(
      bad(
        {
          en: 'An Interactions Endpoint URL is set: commands and buttons never reach the bot',
          ko: 'Interactions Endpoint URL이 설정되어 있어서 명령어와 버튼이 봇에 오지 않아요',
        },
        {
          en: 'Developer Portal → General Information: empty that field.',
          ko: 'Developer Portal → General Information에서 그 칸을 비우세요.',
        },
      ),
    )
  if (application.approximate_guild_count === 0)
    said.push(
      warn(
        { en: 'The bot is in no server yet', ko: '봇이 아직 어느 서버에도 없어요' },
        { en: `Invite it: ${inviteUrl(application.id)}`, ko: `초대 주소: ${inviteUrl(application.id)}` },
      ),
    )
  return said
}

async function checkCommands(api: DiscordApi, id: string, config: Config): Promise<Finding> {
  const answer = await api.call<{ name: string }[]>({ method: 'GET', path: `/applications/${id}/commands` })
  if (answer.outcome !== 'ok') return failed(answer)
  const there = new Set(answer.value.map((command) => command.name))
  const ours = toDiscordCommands(COMMANDS, { botName: config.BOT_NAME }) as { name: string }[]
  const missing = ours.filter((command) => !there.has(command.name)).map((command) => command.name)
  if (missing.length === 0)
    return ok({ en: `${ours.length} commands are registered`, ko: `명령어 ${ours.length}개 등록됨` })
  return warn(
    {
      en: `Not registered for all servers: ${missing.join(', ')}`,
      ko: `모든 서버에 등록되지 않은 명령어: ${missing.join(', ')}`,
    },
    {
      en: 'npm run register (or -- --guild ID to try them out in one server; those are not seen here)',
      ko: 'npm run register 를 실행하세요. -- --guild ID 로 한 서버에만 등록했다면 여기에는 나오지 않아요.',
    },
  )
}
