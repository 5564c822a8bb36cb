// What is said about translations, in both languages.
import type { Both, Lang } from './error.ts'
import { LANG_WORDS, type TargetLang } from './target-lang.ts'
import { TONE_WORDS, type Tone } from './tone.ts'

/** In front of what a person should look at, in whatever language they read. */
export const PLEASE_CHECK = '확인 필요 · Please check'

/** By kind of flag; see src/translation/model.ts. */
export const REASONS: Readonly<Record<string, Both>> = {
  protected: { ko: '이름·링크·코드가 원문과 달라요', en: 'a name, link or code differs from the original' },
  value: { ko: '숫자나 날짜가 원문과 달라요', en: 'a number or date differs from the original' },
  language: { ko: '요청한 언어로 번역되지 않았어요', en: 'it is not in the language asked for' },
  foreign: { ko: '한자나 가나가 섞였어요', en: 'Chinese or Japanese characters slipped in' },
  untranslated: { ko: '번역되지 않은 부분이 있어요', en: 'part of it is not translated' },
  length: { ko: '원문보다 너무 짧거나 길어요', en: 'it is much shorter or longer than the original' },
  negation: {
    ko: '부정하는 말이 빠지거나 더해졌을 수 있어요',
    en: 'a “not” may be missing, or there is one too many',
  },
  term: { ko: '용어집과 다른 말을 썼어요', en: 'a word differs from the glossary' },
  level: { ko: '말투가 요청과 달라요', en: 'the tone is not the one asked for' },
  address: { ko: '호칭이 맞지 않아요', en: 'the reader is called by a wrong word' },
  honorific: { ko: '사물을 높였어요', en: 'it honours a thing' },
  spelling: { ko: '맞춤법이 틀렸어요', en: 'a Korean spelling is wrong' },
  risk: {
    ko: '환불·계약·안전에 관한 글이에요. 역번역해서 비교해 보세요',
    en: 'it is about refunds, law or safety; compare it translated back',
  },
  back: { ko: '역번역이 원문과 달라요', en: 'translated back, it differs from the original' },
  layout: {
    ko: '한/영 자판이 바뀐 글로 보고 이렇게 읽었어요',
    en: 'it looks typed with the keyboard switched to the other language, and was read as',
  },
  cut: { ko: '끝까지 번역되지 않았어요', en: 'it stops before the end' },
  link: {
    ko: '원문에 없는 주소가 있어서 지웠어요',
    en: 'an address that the original does not have was removed',
  },
}

export const SAY = {
  share: { ko: '스레드에 공유', en: 'Share in thread' },
  nothing: {
    ko: '번역할 글이 없어요. 이모지나 코드, 링크는 그대로 쓰셔도 돼요.',
    en: 'There are no words to translate: emoji, code and links read the same in every language.',
  },
  noMessages: {
    ko: '번역할 메시지를 찾지 못했어요. 이 자리의 메시지를 제가 읽을 수 있어야 해요.',
    en: 'I found no messages to translate. I need to be able to read what is written here.',
  },
  notYours: {
    ko: '번역을 요청한 분만 공유할 수 있어요.',
    en: 'Only the person who asked for it can share it.',
  },
  gone: {
    ko: '보관 기간이 지나서 공유할 수 없어요. 다시 번역해 주세요.',
    en: 'It is not kept any more. Please translate it again.',
  },
  rehearsal: { ko: '리허설 모델입니다. EXAONE이 아닙니다.', en: 'Rehearsal model. This is not EXAONE.' },
} as const satisfies Record<string, Both>

/** The label of the button, for readers of both languages. */
export const SHARE_LABEL = `${SAY.share.en} · ${SAY.share.ko}`

export function alreadyIn(to: TargetLang, lang: Lang): string {
  const name = LANG_WORDS[to].name[lang]
  return lang === 'ko' ? `이미 ${name}로 쓰인 글이에요.` : `This is in ${name} already.`
}

/** The small print under a translation. */
export function madeBy(from: TargetLang | null, to: TargetLang, lang: Lang): string {
  const names = [...(from ? [LANG_WORDS[from].name[lang]] : []), LANG_WORDS[to].name[lang]].join(' → ')
  return lang === 'ko' ? `AI 번역 · ${names}` : `Translated by AI · ${names}`
}

export function sharedBy(name: string, lang: Lang): string {
  return lang === 'ko' ? `${name} 님이 공유한 번역이에요.` : `Shared by ${name}.`
}

/** One line with every reason, and what each is about; null when there is none. */
export function warningOf(flags: readonly { kind: string; detail: string }[], lang: Lang): string | null {
  if (flags.length === 0) return null
  const kinds = [...new Set(flags.map(({ kind }) => kind))]
  const reasons = kinds.map((kind) => {
    const details = flags.flatMap((flag) => (flag.kind === kind && flag.detail !== '' ? [flag.detail] : []))
    const shown = details.slice(0, 4).join(', ')
    return `${REASONS[kind]?.[lang] ?? kind}${shown === '' ? '' : ` (${shown})`}`
  })
  return `${PLEASE_CHECK}: ${reasons.join(' · ')}`
}

export function myLanguageIs(reads: TargetLang | null, lang: Lang): string {
  if (reads === null)
    return lang === 'ko'
      ? '정해 둔 언어가 없어서, 쓰시는 언어로 번역해 드려요. 정하려면 `번역 내 언어 영어`처럼 써 주세요.'
      : 'You have not chosen a language, so I translate into the one you use. To choose: `translate my language Korean`.'
  const name = LANG_WORDS[reads].name[lang]
  return lang === 'ko'
    ? `앞으로 ${name}로 번역해 드려요. 바꾸려면 \`번역 내 언어 …\`, 되돌리려면 \`번역 내 언어 자동\`을 써 주세요.`
    : `Translations for you go into ${name}. Change it with \`translate my language …\`, or undo it with \`translate my language auto\`.`
}

export function myToneIs(tone: Tone | null, lang: Lang): string {
  if (tone === null)
    return lang === 'ko'
      ? '정해 둔 말투가 없어서, 번역은 채널의 말투를 따라요. 정하려면 `번역 내 말투 격식 있게`처럼 써 주세요.'
      : 'You have not chosen a tone, so translations speak as the channel’s setting says. To choose: `translate my tone formal`.'
  const name = TONE_WORDS[tone][lang]
  return lang === 'ko'
    ? `앞으로 번역할 때 말투를 **${name}** 맞춰 드릴게요. 담당자가 쓴 글을 번역할 때도 마찬가지예요. 바꾸려면 \`번역 내 말투 …\`, 되돌리려면 \`번역 내 말투 자동\`을 써 주세요.`
    : `From now on, translations for you are **${name.toLowerCase()}**, those of what our team writes to you too. Change it with \`translate my tone …\`, or undo it with \`translate my tone auto\`.`
}
