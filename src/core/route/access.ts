// Who may use the bot where, and how it says no. Silence is the answer where a refusal would be noise.
import type { Both } from '../error.ts'
import type { MessageInbound } from '../inbound.ts'
import type { Settings } from '../settings.ts'

/** `not-shared`: nobody has allowed it in this shared channel yet. `not-you`: the setting `who`. `never`: not even a refusal. */
export type Access = 'yes' | 'not-shared' | 'not-you' | 'never'

export function accessOf(
  { author, sharedExternally }: Pick<MessageInbound, 'author' | 'sharedExternally'>,
  settings: Settings,
): Access {
  if (author.kind === 'bot') {
    const isWelcome = settings.bots === 'answer' && settings.who === 'everyone'
    return isWelcome && !(sharedExternally && settings.shared === 'off') ? 'yes' : 'never'
  }
  if (author.kind === 'external' && !(sharedExternally && settings.shared === 'on')) return 'never'
  if (sharedExternally && settings.shared === 'off') return 'not-shared'
  if (settings.who === 'everyone' || author.isAdmin) return 'yes'
  return settings.who === 'members' && author.kind === 'member' ? 'yes' : 'not-you'
}

export const STAFF_ONLY: Both = {
  ko: '이 명령은 관리자만 쓸 수 있어요.',
  en: 'Only admins can use this command.',
}

/** Discord does not say in a direct message who administers what. */
export const STAFF_ONLY_ON_SERVER: Both = {
  ko: '이 명령은 관리자만 쓸 수 있는데, DM에서는 어느 서버의 관리자인지 알 수 없어요. 서버의 채널에서 저를 불러 주세요.',
  en: 'Only admins can use this command, and in a direct message I can’t tell which server you administer. Please mention me in a channel of that server.',
}

export const NOT_HERE: Both = {
  ko: '다른 조직과 함께 쓰는 채널이라 여기서는 답하지 않아요. 이 워크스페이스의 정식 멤버가 켤 수 있어요.',
  en: 'This channel is shared with another organisation, so I don’t answer here. A full member of this workspace can turn me on.',
}

/** For those who can change it; `typed` is how the settings command is typed here. */
export function howToShare(typed: string): Both {
  return {
    ko: `다른 조직과 함께 쓰는 채널이라 여기서는 답하지 않고 있어요. 답하게 하려면 이 채널에서 \`${typed} shared on\`을 실행해 주세요.`,
    en: `This channel is shared with another organisation, so I stay quiet here. To let me answer, run \`${typed} shared on\` in this channel.`,
  }
}

export function notForYou(who: Settings['who']): Both {
  return who === 'admins'
    ? { ko: '여기서는 관리자만 이용할 수 있어요.', en: 'Only admins can use me here.' }
    : { ko: '여기서는 정식 멤버만 이용할 수 있어요.', en: 'Only full members can use me here.' }
}
