// Says what it can do here, how to reach a person and how to be forgotten.
import type { Command, PlanView } from '../src/core/command.ts'
import type { Both } from '../src/core/error.ts'
import { modeIn } from '../src/core/settings.ts'

export const help: Command = {
  name: 'help',
  nameKo: '도움말',
  summary: { ko: '사용법을 보여 드려요', en: 'Show how to use me' },
  usage: { ko: '', en: '' },
  options: [],
  surfaces: ['slash', 'mention'],
  isTypedWith: (after) => /^(?:please|pls|plz|me|좀|보여\s*(?:줘|주세요)|부탁\S*)[.!]*$/i.test(after),
  plan(inbound, view) {
    const commands = view.commands.filter((command) => !command.staffOnly || inbound.author.isAdmin)
    const text = [
      opening(view)[view.lang],
      ...section({ ko: '물어보는 법', en: 'How to ask' }, howToAsk(view, inbound.place.channel), view),
      ...section(
        { ko: '명령어', en: 'Commands' },
        commands.map((command) => lineOf(command, view)),
        view,
      ),
      ...section({ ko: '나에게만 적용되는 설정', en: 'For you alone' }, own(view), view),
      ...section({ ko: '사람과 이야기하려면', en: 'To talk to a person' }, [PERSON], view),
      ...section({ ko: '내 기록을 지우려면', en: 'To have your messages deleted' }, [forget(view)], view),
    ].join('\n')
    return { type: 'reply', content: { text, lang: view.lang }, isPrivate: true }
  },
}

function section(title: Both, lines: Both[], { lang }: PlanView): string[] {
  return ['', `**${title[lang]}**`, ...lines.map((line) => `- ${line[lang]}`)]
}

function opening({ botName }: PlanView): Both {
  return {
    ko: `안녕하세요, ${botName}입니다. 물어보시면 AI가 답해 드려요. 틀릴 수도 있으니 중요한 내용은 꼭 확인해 주세요.`,
    en: `Hello, I’m ${botName}. Ask me anything and AI writes the answer. It can be wrong, so please check what matters.`,
  }
}

function howToAsk({ settings, botName }: PlanView, channel: string): Both[] {
  const inThread = settings.answers === 'thread'
  const mention = {
    ko: `채널에서는 \`@${botName} 배송은 언제 오나요?\`처럼 저를 불러 주세요. ${inThread ? '그 글의 스레드에 답해요.' : '그 자리에 바로 답해요.'}`,
    en: `In a channel, mention me: \`@${botName} When will my order arrive?\` I answer ${inThread ? 'in a thread under your message' : 'right there'}.`,
  }
  const every = {
    ko: `이 채널에서는 저를 부르지 않아도 새 글마다 답해요.${inThread ? ' 답변은 그 글의 스레드에 있어요.' : ''}`,
    en: `In this channel I answer every new post, no mention needed${inThread ? '; look in the thread under it' : ''}.`,
  }
  const off = {
    ko: '이 채널에서는 답하지 않도록 설정되어 있어요. DM으로 물어봐 주세요.',
    en: 'I’m turned off in this channel. Please ask me in a direct message.',
  }
  const thread = {
    ko: '스레드에서 이어서 물을 때는 다시 부르지 않아도 돼요. 다른 분이 글을 쓴 뒤라면 한 번 더 불러 주세요.',
    en: 'In your thread, just keep writing. Once someone else has joined in, mention me again.',
  }
  const direct = {
    ko: 'DM에서는 그냥 말씀하시면 돼요.',
    en: 'In a direct message, simply write.',
  }
  const draft = {
    ko: '이 채널에서는 새 글마다 답변을 준비하고, 담당자가 확인한 뒤 보내 드려요.',
    en: 'In this channel I prepare an answer to every new post, and our team checks it before you get it.',
  }
  const mode = modeIn(settings, channel)
  if (mode === 'off') return [off, direct]
  if (mode === 'draft') return [draft, direct]
  return [mode === 'every' ? every : mention, thread, direct]
}

function lineOf(command: Command, view: PlanView): Both {
  if (!command.surfaces.includes('slash') && command.menu)
    return {
      ko: `메시지 메뉴 → ${command.menu.ko}: ${command.summary.ko}`,
      en: `message menu → ${command.menu.en}: ${command.summary.en}`,
    }
  const typed = (usage: string): string => `\`${`${view.typed(command)} ${usage}`.trim()}\``
  return {
    ko: `${typed(command.usage.ko)} (${command.nameKo}): ${command.summary.ko}`,
    en: `${typed(command.usage.en)}: ${command.summary.en}`,
  }
}

function own({ botName }: PlanView): Both[] {
  return [
    {
      ko: `\`@${botName} 내 언어 영어\`: 번역을 받아 볼 언어`,
      en: `\`@${botName} my language Korean\`: what translations for you go into`,
    },
    {
      ko: `\`@${botName} 내 말투 격식 있게\`: 받아 보는 번역의 말투 (부드럽게, 편하게)`,
      en: `\`@${botName} my tone formal\`: how translations for you speak (polite, casual)`,
    },
    {
      ko: `\`@${botName} 내 시간대 도쿄\`: 알림과 별점을 보내도 되는 시간`,
      en: `\`@${botName} my time zone Tokyo\`: when reminders may reach you`,
    },
    {
      ko: '되돌리려면 `자동`이라고 써 주세요.',
      en: '`auto` instead takes a choice back.',
    },
  ]
}

const PERSON: Both = {
  ko: '답변 아래의 ‘상담원 연결’을 누르거나 ‘상담원 연결해 주세요’라고 써 주세요.',
  en: 'Press “Talk to a person” under an answer, or just ask for one.',
}

function forget({ botName }: PlanView): Both {
  return {
    ko: `DM에 ‘잊어 줘’라고 쓰거나, 채널에서 \`@${botName} 잊어 줘\`라고 써 주세요. 보관된 대화를 바로 지워요.`,
    en: `Write “forget me” in a direct message, or \`@${botName} forget me\` in a channel. What I have stored is deleted at once.`,
  }
}
