// Who and what there is in the playground: the same four people and much the same rooms on both platforms.
import type { World } from '../demo/world.ts'
import type { FakeDiscord } from '../fakes/discord/index.ts'

export interface Person {
  /** Key of the page; the platforms' own ids differ. */
  key: string
  name: string
  role: { ko: string; en: string }
  isAdmin: boolean
  slack: string
  discord: string
}

export interface Room {
  id: string
  name: string
  kind: 'channel' | 'shared' | 'forum'
  /** Forum tags: names by id. */
  tags: Record<string, string>
}

export interface Cast {
  people: readonly Person[]
  rooms: { slack: readonly Room[]; discord: readonly Room[] }
}

const ROLES = {
  minji: { ko: '고객', en: 'customer (Korean)' },
  dave: { ko: '고객(영어)', en: 'customer (English)' },
  sora: { ko: '상담원 · 관리자', en: 'agent, admin' },
  junho: { ko: 'Slack에서는 외부 조직', en: 'from another organisation on Slack' },
}

/** Makes them, before the app connects. */
export async function furnish({ slack, discord }: World): Promise<Cast> {
  slack.user('U0MINJI', { name: '민지', locale: 'ko-KR' })
  slack.user('U0DAVE', { name: 'Dave', locale: 'en-US' })
  slack.user('U0SORA', { name: '소라', locale: 'ko-KR', isAdmin: true })
  slack.user('U0JUNHO', { name: '준호', locale: 'ko-KR', isExternal: true })
  const staff = ['U0MINJI', 'U0DAVE', 'U0SORA']
  slack.channel('C0HELP', { name: '문의', members: staff })
  slack.channel('C0TALK', { name: '상담팀', members: staff })
  slack.channel('C0SHARED', { name: '파트너-공유', members: [...staff, 'U0JUNHO'], isExtShared: true })

  discord.guild('달고개 커피')
  const help = discord.channel('문의')
  const team = discord.channel('상담팀')
  const forum = discord.channel('질문-게시판', { type: 'forum', tags: ['배송', '환불', 'English'] })
  const idOf = (name: string, options: { locale: string; admin?: boolean }) => discord.user(name, options).id
  const people: Person[] = [
    {
      key: 'minji',
      name: '민지',
      isAdmin: false,
      slack: 'U0MINJI',
      discord: idOf('민지', { locale: 'ko' }),
      role: ROLES.minji,
    },
    {
      key: 'dave',
      name: 'Dave',
      isAdmin: false,
      slack: 'U0DAVE',
      discord: idOf('Dave', { locale: 'en-US' }),
      role: ROLES.dave,
    },
    {
      key: 'sora',
      name: '소라',
      isAdmin: true,
      slack: 'U0SORA',
      discord: idOf('소라', { locale: 'ko', admin: true }),
      role: ROLES.sora,
    },
    {
      key: 'junho',
      name: '준호',
      isAdmin: false,
      slack: 'U0JUNHO',
      discord: idOf('준호', { locale: 'ko' }),
      role: ROLES.junho,
    },
  ]
  return {
    people,
    rooms: {
      slack: [
        { id: 'C0HELP', name: '문의', kind: 'channel', tags: {} },
        { id: 'C0TALK', name: '상담팀', kind: 'channel', tags: {} },
        { id: 'C0SHARED', name: '파트너-공유', kind: 'shared', tags: {} },
      ],
      discord: [
        { id: help.id, name: '문의', kind: 'channel', tags: {} },
        { id: team.id, name: '상담팀', kind: 'channel', tags: {} },
        { id: forum.id, name: '질문-게시판', kind: 'forum', tags: await tagsOf(discord, forum.id) },
      ],
    },
  }
}

async function tagsOf(discord: FakeDiscord, forum: string): Promise<Record<string, string>> {
  const response = await fetch(`${discord.apiUrl}/v10/channels/${forum}`, {
    headers: { authorization: `Bot ${discord.token}` },
  })
  const channel = (await response.json()) as { available_tags?: { id: string; name: string }[] }
  return Object.fromEntries((channel.available_tags ?? []).map(({ id, name }) => [id, name]))
}
