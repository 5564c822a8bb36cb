// Short words on arrival: to the person who installed the bot, or who invited it to a channel, and to no one else.
import type { Lang } from '../src/core/error.ts'
import { modeIn } from '../src/core/settings.ts'
import type { Handler, Turn } from '../src/core/turn.ts'
import { withJosa } from '../src/text/particles.ts'

export interface WelcomeDeps {
  botName(workspace: string): string
  /** True only for the first turn that asks, on each of its attempts, for as long as the database lives. */
  isFirst(name: string, turn: string): Promise<boolean>
}

export function createWelcome(deps: WelcomeDeps): Handler {
  return async ({ turn, post }) => {
    const body = turn.messages[0]?.body ?? {}
    const lang: Lang = turn.author.lang ?? 'ko'
    const missing = (body['missing'] as string[] | undefined) ?? []
    // Slack does not say who installed an app; the first admin who opens its messages is told instead.
    const isOpened = body['arrival'] === 'dm-opened'
    if (isOpened && !(turn.author.isAdmin && (await deps.isFirst(`welcomed:${turn.workspace}`, turn.id)))) {
      return { type: 'dropped' }
    }
    const isInvited = body['arrival'] === 'invited'
    const text = isInvited ? invited(turn, lang) : installed(deps.botName(turn.workspace), lang)
    await post.whisper(turn.author.id, {
      text: [text, missingText(missing, lang)].filter(Boolean).join('\n\n'),
      lang,
    })
    return { type: 'done' }
  }
}

function installed(name: string, lang: Lang): string {
  return lang === 'ko'
    ? `${withJosa(name, '을/를')} 설치해 주셔서 고맙습니다. 채널에 초대한 뒤 멘션하고 물어보면 스레드에서 답해 드려요. 언제 답할지는 ‘설정’ 명령으로 채널마다 정할 수 있어요.`
    : `Thanks for installing ${name}. Invite it to a channel, mention it with a question, and it answers in the thread. Use the “settings” command to choose, per channel, when it speaks.`
}

function invited({ settings, place }: Turn, lang: Lang): string {
  const mode = modeIn(settings, place.channel)
  const every = mode === 'every'
  const off = mode === 'off'
  const inThread = settings.answers === 'thread'
  if (mode === 'draft')
    return lang === 'ko'
      ? '이 채널에서는 새 글마다 답변 초안을 상담 채널로 보내고, 담당자가 확인한 것만 여기에 올려요. 바꾸려면 ‘설정’ 명령을 써 주세요.'
      : 'Here I send a draft for every new post to the staff channel and post only what the team has checked. Use the “settings” command to change that.'
  if (lang === 'ko') {
    if (off) return '이 채널에서는 답하지 않도록 설정되어 있어요. ‘설정’ 명령으로 바꿀 수 있어요.'
    const where = inThread ? '스레드에서' : '채널에서 바로'
    return every
      ? `이 채널에서는 새 글마다 ${where} 답할게요. 바꾸려면 ‘설정’ 명령을 써 주세요.`
      : `이 채널에서는 저를 멘션하고 물어보시면 ${where} 답할게요. 새 글마다 답하게 하려면 ‘설정’ 명령을 써 주세요.`
  }
  if (off) return 'I’m set not to answer in this channel. Use the “settings” command to change that.'
  const where = inThread ? 'in a thread' : 'right here'
  return every
    ? `I’ll answer every new post ${where}. Use the “settings” command to change that.`
    : `Mention me with a question and I’ll answer ${where}. To have me answer every new post, use the “settings” command.`
}

function missingText(missing: string[], lang: Lang): string {
  if (missing.length === 0) return ''
  const list = missing.map((name) => `\`${name}\``).join(', ')
  return lang === 'ko'
    ? `필요한 권한이 빠져 있어요: ${list}. 관리자에게 추가해 달라고 요청해 주세요.`
    : `These permissions are missing: ${list}. Please ask an admin for them.`
}
