// Translates a text, or the message that it is used on, for the one who asks.
import type { Command, Plan, PlanView } from '../src/core/command.ts'
import type { Both } from '../src/core/error.ts'
import type { CommandInbound } from '../src/core/inbound.ts'
import { LANG_WORDS, parseTargetLang, TARGET_LANGS } from '../src/core/target-lang.ts'
import { parseTone, TONE_WORDS, TONES } from '../src/core/tone.ts'
import {
  type Own,
  readChoice,
  readLast,
  readOwn,
  readTranslateOptions,
  saidTranslate,
} from '../src/core/translate-options.ts'

const LANG_CHOICES = TARGET_LANGS.map((value) => ({ value, label: LANG_WORDS[value].name }))
const TONE_CHOICES = TONES.map((value) => ({ value, label: TONE_WORDS[value] }))
const AUTO = { value: 'auto', label: { ko: '자동', en: 'automatic' } }

export const translate: Command = {
  name: 'translate',
  nameKo: '번역',
  summary: { ko: '글을 다른 언어로 옮겨 드려요', en: 'Translate a text into another language' },
  usage: { ko: '[영어로] <글>', en: '[to English] <text>' },
  options: [
    {
      name: 'text',
      nameKo: '글',
      summary: { ko: '번역할 글', en: 'The text to translate' },
      type: 'text',
    },
    {
      name: 'to',
      nameKo: '도착어',
      summary: { ko: '어떤 언어로 옮길까요?', en: 'Into which language?' },
      type: 'choice',
      choices: LANG_CHOICES,
    },
    {
      name: 'from',
      nameKo: '출발어',
      summary: {
        ko: '어떤 언어로 쓴 글인가요? 보통은 알아서 찾아요.',
        en: 'In which language is it? Usually found out.',
      },
      type: 'choice',
      choices: LANG_CHOICES,
    },
    {
      name: 'tone',
      nameKo: '말투',
      summary: { ko: '번역의 말투', en: 'How politely it speaks' },
      type: 'choice',
      choices: TONE_CHOICES,
    },
    {
      name: 'last',
      nameKo: '최근',
      summary: {
        ko: '여기에 최근 올라온 메시지를 몇 개 옮길까요?',
        en: 'How many of the newest messages here?',
      },
      type: 'choice',
      choices: ['5', '10', '20', '30'].map((value) => ({
        value,
        label: { ko: `${value}개`, en: `${value} messages` },
      })),
    },
    {
      name: 'mine',
      nameKo: '내언어',
      summary: {
        ko: '앞으로 어떤 언어로 옮겨 드릴까요?',
        en: 'The language that translations for you go into from now on',
      },
      type: 'choice',
      choices: [...LANG_CHOICES, AUTO],
    },
    {
      name: 'mytone',
      nameKo: '내말투',
      summary: {
        ko: '앞으로 저에게 오는 번역을 어떤 말투로 쓸까요?',
        en: 'How politely translations for you speak from now on',
      },
      type: 'choice',
      choices: [...TONE_CHOICES, AUTO],
    },
  ],
  surfaces: ['slash', 'message', 'mention'],
  menu: { ko: '번역', en: 'Translate' },
  rest: 'text',
  saidAs: saidTranslate,
  // "번역 기능이 있나요?" and "translate button is gone" are questions.
  isTypedWith: (after) =>
    !/^(?:기능|가능|결과|서비스|품질|오류|버튼|업체|비용|견적|담당|관련|문의|요청|이상)|^(?:buttons?|feature|function|service|option|settings?|tools?|commands?|is|isn['’]?t|was|does|doesn['’]?t)\b/i.test(
      after,
    ),
  plan(inbound, view) {
    const own = inbound.target ? null : ownOf(inbound)
    if (own !== null) return planOwn(own, view)
    const asked = askedOf(inbound)
    for (const name of ['to', 'from'] as const)
      if (asked[name] !== undefined && parseTargetLang(asked[name]) === null)
        return reply(unknownLang(asked[name]), view)
    if (asked.tone !== undefined && parseTone(asked.tone) === null)
      return reply(unknownTone(asked.tone), view)
    if (asked.last !== undefined) return planLast(asked)
    if (asked.text.trim() === '') return reply(inbound.target ? NO_WORDS : howTo(view), view)
    return planOf(asked)
  },
}

/** As chosen or typed. Null: this is about a text. */
function ownOf({ options }: CommandInbound): ReturnType<typeof readOwn> {
  for (const [name, own] of Object.entries(OWN_OPTIONS)) {
    const value = options[name] === undefined ? undefined : readChoice(own, String(options[name]))
    if (value !== undefined) return { own, value }
  }
  return readOwn(String(options['text'] ?? ''))
}

const OWN_OPTIONS: Readonly<Record<string, Own>> = { mine: 'reads', mytone: 'tone' }

/** What somebody chooses for themselves, or asks what it is. */
export function planOwn({ own, value }: NonNullable<ReturnType<typeof readOwn>>, view: PlanView): Plan {
  const body = { isPrivate: true, lang: view.lang, ...(value === undefined ? {} : { [own]: value }) }
  const kind = own === 'reads' ? 'my-language' : 'my-tone'
  return { kind, queue: 'relay', ack: 'defer-private', text: '', body }
}

/** `last`: how many of the newest messages, instead of a text. */
type Asked = ReturnType<typeof readTranslateOptions> & { last?: number }

const MAX_LAST = 30

/** What is chosen counts before what stands in the text itself ("영어로 …"). */
function askedOf({ target, options }: CommandInbound): Asked {
  if (target) return { text: target.text }
  const typed = readTranslateOptions(withNames(String(options['text'] ?? '')))
  const chosen = ['to', 'from', 'tone'].flatMap((name) =>
    options[name] === undefined ? [] : [[name, String(options[name])]],
  )
  const last = options['last'] === undefined ? readLast(typed) : { ...typed, last: Number(options['last']) }
  return { ...(last ?? typed), ...Object.fromEntries(chosen) }
}

/** Slack hands over who and what is mentioned as `<@U1|name>` and `<#C1|name>`. */
function withNames(text: string): string {
  return text.replace(/<([@#])[A-Z0-9]+\|([^<>]*)>/g, '$1$2')
}

function planLast(asked: Asked): Plan {
  const { body, ...plan } = planOf(asked)
  const last = Math.min(MAX_LAST, Math.max(1, asked.last || 1))
  return { ...plan, kind: 'translate-last', text: '', body: { ...body, last } }
}

function planOf({ text, to, from, tone }: Asked): Plan {
  const body = {
    isPrivate: true,
    ...(to === undefined ? {} : { to: parseTargetLang(to) }),
    ...(from === undefined ? {} : { from: parseTargetLang(from) }),
    ...(tone === undefined ? {} : { tone: parseTone(tone) }),
  }
  return { kind: 'translate', queue: 'chat', ack: 'defer-private', text, body }
}

const NO_WORDS: Both = {
  ko: '이 메시지에는 번역할 글이 없어요.',
  en: 'There is no text to translate in this message.',
}

function howTo(view: PlanView): Both {
  const typed = view.typed(translate)
  return {
    ko: `번역할 글을 함께 써 주세요. 예: \`${typed} 영어로 내일 배송돼요\``,
    en: `Please add the text to translate, for example \`${typed} to Korean It ships tomorrow\``,
  }
}

function unknownLang(typed: string): Both {
  const name = shorten(typed)
  return {
    ko: `‘${name}’는 번역할 수 없는 언어예요. 번역할 수 있는 언어: ${TARGET_LANGS.map((lang) => LANG_WORDS[lang].name.ko).join(', ')}`,
    en: `I can’t translate “${name}”. Languages: ${TARGET_LANGS.map((lang) => LANG_WORDS[lang].name.en).join(', ')}`,
  }
}

function unknownTone(typed: string): Both {
  return {
    ko: `‘${shorten(typed)}’ 말투는 없어요. 쓸 수 있는 말투: ${TONES.map((tone) => TONE_WORDS[tone].ko).join(', ')}`,
    en: `There is no tone “${shorten(typed)}”. Tones: ${TONES.join(', ')}`,
  }
}

function reply(say: Both, { lang }: PlanView) {
  return { type: 'reply', content: { text: say[lang], lang }, isPrivate: true } as const
}

function shorten(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed
}
