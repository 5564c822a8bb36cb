// Puts a message and its files into the knowledge base. For admins.
import type { Command, Plan, PlanView } from '../src/core/command.ts'
import type { Both } from '../src/core/error.ts'
import type { Platform } from '../src/core/inbound.ts'

/** As the menu is called on each platform. */
const HOW_TO: Record<Platform, Both> = {
  slack: {
    ko: '지식에 추가할 메시지의 메뉴에서 ‘Add to knowledge · 지식 추가’를 골라 주세요. 파일을 올리면서 저를 부르고 ‘지식에 추가’라고 쓰셔도 돼요.',
    en: 'Choose “Add to knowledge · 지식 추가” in the menu of the message that you want to add. Or mention me with files attached and write “add to knowledge”.',
  },
  discord: {
    ko: '지식에 추가할 메시지의 메뉴에서 ‘앱’을 열고 ‘지식에 추가’를 골라 주세요. 파일을 올리면서 저를 부르고 ‘지식에 추가’라고 쓰셔도 돼요.',
    en: 'Choose “Apps”, then “Add to knowledge” in the menu of the message that you want to add. Or mention me with files attached and write “add to knowledge”.',
  },
}
const NOTHING: Both = {
  ko: '이 메시지에는 추가할 글도 파일도 없어요.',
  en: 'There is no text and no file in this message.',
}

/** "이 파일 지식에 추가해 줘", "please add these files to the knowledge base": alone, or before what is to be added. */
const WHAT_KO = String.raw`(?:이|이거|이것|(?:이|첨부)\s*(?:파일|문서|자료)(?:들)?(?:을|를|은|는|도)?)`
const PLEASE_KO = String.raw`(?:해|부탁)\s*(?:줘|줘요|주세요|주십시오|줄래|줄래요|주실래요|해|해요|드려요|드립니다)?`
const ADD_KO = String.raw`(?:${WHAT_KO}\s+)?지식(?:\s*베이스)?에\s*(?:추가|등록)(?:\s*${PLEASE_KO})?`
const WHAT_EN = String.raw`(?:this|these|it|them|the)(?:\s+(?:files?|documents?|messages?))?`
const ADD_EN = String.raw`(?:please\s+)?add\s+(?:${WHAT_EN}\s+)?to\s+(?:the\s+|our\s+|your\s+)?knowledge(?:\s*base)?(?:,?\s+please)?`
const SAID = new RegExp(String.raw`^\s*(?:${ADD_KO}|${ADD_EN})[.!~]*\s*(?:[:：]|\n|$)`, 'i')

export const add: Command = {
  name: 'add',
  nameKo: '지식추가',
  summary: {
    ko: '메시지와 파일을 지식에 추가해요 (관리자)',
    en: 'Add a message and its files to the knowledge base (admins)',
  },
  usage: { ko: '', en: '' },
  options: [
    {
      name: 'text',
      nameKo: '글',
      summary: { ko: '추가할 글', en: 'The text to add' },
      type: 'text',
    },
  ],
  surfaces: ['message', 'mention'],
  menu: { ko: '지식에 추가', en: 'Add to knowledge' },
  // Slack's label has room for 24 characters.
  shortcutKo: '지식 추가',
  staffOnly: true,
  rest: 'text',
  saidAs: SAID,
  plan({ target, handle, options, place }, view) {
    if (target) {
      if (target.text.trim() === '' && target.attachments.length === 0) return reply(NOTHING, view)
      return planOf(target.text, 'defer-private', { attachments: target.attachments }, view)
    }
    // A slash command or a form comes without files.
    if (handle !== '') return reply(HOW_TO[place.platform], view)
    return planOf(String(options['text'] ?? ''), 'none', {}, view)
  },
}

function planOf(text: string, ack: Plan['ack'], body: Record<string, unknown>, { lang }: PlanView): Plan {
  return { kind: 'import', queue: 'batch', ack, text, body: { ...body, lang } }
}

function reply(say: Both, { lang }: PlanView) {
  return { type: 'reply', content: { text: say[lang], lang }, isPrivate: true } as const
}
