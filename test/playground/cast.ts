// Who and what there is in the playground: the same five people and much the same rooms on both platforms.
import type { World } from '../demo/world.ts'
import type { FakeDiscord } from '../fakes/discord/index.ts'

export interface Person {
  /** Key of the page; the platforms' own ids differ. */
  key: string
  name: string
  role: { ko: string; en: string }
  isAdmin: boolean
  /** Sees the staff channel. */
  isStaff: boolean
  slack: string
  discord: string
}

export interface Room {
  id: string
  name: string
  kind: 'channel' | 'staff' | 'auto' | 'shared' | 'forum'
  /** Forum tags: names by id. */
  tags: Record<string, string>
}

export interface Cast {
  people: readonly Person[]
  rooms: { slack: readonly Room[]; discord: readonly Room[] }
}

/** The name of the shop's server, or workspace. */
export const GUILD = '달고개 커피'

const ROLES = {
  minji: { ko: '고객', en: 'customer (Korean)' },
  dave: { ko: '고객(영어)', en: 'customer (English)' },
  sora: { ko: '상담원 · 관리자', en: 'agent, admin' },
  doyun: { ko: '상담원', en: 'agent' },
  junho: { ko: 'Slack에서는 외부 조직', en: 'from another organisation on Slack' },
}

/** Makes them, before the app connects. */
export async function furnish({ slack, discord }: World): Promise<Cast> {
  slack.user('U0MINJI', { name: '민지', locale: 'ko-KR' })
  slack.user('U0DAVE', { name: 'Dave', locale: 'en-US' })
  slack.user('U0SORA', { name: '소라', locale: 'ko-KR', isAdmin: true })
  slack.user('U0DOYUN', { name: '도윤', locale: 'ko-KR' })
  slack.user('U0JUNHO', { name: '준호', locale: 'ko-KR', isExternal: true })
  const staff = ['U0SORA', 'U0DOYUN']
  const members = ['U0MINJI', 'U0DAVE', ...staff]
  slack.channel('C0HELP', { name: '문의', members })
  slack.channel('C0TALK', { name: '상담팀', members: staff, isPrivate: true })
  slack.channel('C0MIXED', { name: '한영-모두', members })
  slack.channel('C0SHARED', { name: '파트너-공유', members: [...members, 'U0JUNHO'], isExtShared: true })

  const { name: guild } = discord.guild(GUILD)
  discord.role('상담원', { guild, permissions: ['MANAGE_MESSAGES'] })
  const help = discord.channel('문의', { guild })
  const team = discord.channel('상담팀', {
    guild,
    permissions: {
      everyone: { deny: ['VIEW_CHANNEL'] },
      상담원: { allow: ['VIEW_CHANNEL'] },
      bot: { allow: ['VIEW_CHANNEL'] },
    },
  })
  const mixed = discord.channel('한영-모두', { guild })
  const forum = discord.channel('질문-게시판', { guild, type: 'forum', tags: ['배송', '환불', 'English'] })
  const person = (
    key: keyof typeof ROLES,
    name: string,
    options: { locale: string; admin?: boolean; roles?: string[] },
  ): Person => ({
    key,
    name,
    role: ROLES[key],
    isAdmin: options.admin ?? false,
    isStaff: options.roles !== undefined,
    slack: `U0${key.toUpperCase()}`,
    discord: discord.user(name, options).id,
  })
  const people: Person[] = [
    person('minji', '민지', { locale: 'ko' }),
    person('dave', 'Dave', { locale: 'en-US' }),
    person('sora', '소라', { locale: 'ko', admin: true, roles: ['상담원'] }),
    person('doyun', '도윤', { locale: 'ko', roles: ['상담원'] }),
    person('junho', '준호', { locale: 'ko' }),
  ]
  return {
    people,
    rooms: {
      slack: [
        { id: 'C0HELP', name: '문의', kind: 'channel', tags: {} },
        { id: 'C0TALK', name: '상담팀', kind: 'staff', tags: {} },
        { id: 'C0MIXED', name: '한영-모두', kind: 'auto', tags: {} },
        { id: 'C0SHARED', name: '파트너-공유', kind: 'shared', tags: {} },
      ],
      discord: [
        { id: help.id, name: '문의', kind: 'channel', tags: {} },
        { id: team.id, name: '상담팀', kind: 'staff', tags: {} },
        { id: mixed.id, name: '한영-모두', kind: 'auto', tags: {} },
        { id: forum.id, name: '질문-게시판', kind: 'forum', tags: await tagsOf(discord, forum.id) },
      ],
    },
  }
}

/** `channel`: null for the whole workspace. */
export interface Preset {
  workspace: string
  channel: string | null
  name: 'staffChannel' | 'auto'
  value: string
}

/** What an admin of the shop would have set before anybody comes. */
export function presetsOf({ slack, discord }: World, { rooms }: Cast): Preset[] {
  const workspaces = { slack: `slack:${slack.teamId}`, discord: `discord:${discord.guild(GUILD).id}` }
  return (['slack', 'discord'] as const).flatMap((platform): Preset[] => {
    const workspace = workspaces[platform]
    return rooms[platform].flatMap(({ id, kind }): Preset[] => {
      if (kind === 'staff') return [{ workspace, channel: null, name: 'staffChannel', value: id }]
      return kind === 'auto' ? [{ workspace, channel: id, name: 'auto', value: 'ko-en' }] : []
    })
  })
}

async function tagsOf(discord: FakeDiscord, forum: string): Promise<Record<string, string>> {
  const response = await fetch(`${discord.apiUrl}/v10/channels/${forum}`, {
    headers: { authorization: `Bot ${discord.token}` },
  })
  const channel = (await response.json()) as { available_tags?: { id: string; name: string }[] }
  return Object.fromEntries((channel.available_tags ?? []).map(({ id, name }) => [id, name]))
}
