// What is said around the help that staff get with a case: canned replies, suggestions, summaries.
import type { Both, Lang } from '../../src/core/error.ts'
import type { ToneSlip } from '../../src/text/draft-tone.ts'

/** On cards and previews, which more than one may read: in both languages. */
export const REPLY_CARD = {
  send: '보내기 · Send',
  edit: '고치기 · Edit',
  suggest: '답변 제안 · Suggest a reply',
  summary: '요약 · Summary',
  sent: (name: string) => `${name} → 고객님 · to the customer`,
} as const

/** To whoever pressed or typed. */
export const REPLY_TOLD = {
  gone: {
    ko: '이 글은 더는 남아 있지 않아요. 다시 불러 주세요.',
    en: 'This text is no longer kept. Please ask for it again.',
  },
  busy: {
    ko: '기다리는 글이 많아 전하지 못했어요. 이 스레드에 직접 써 주세요.',
    en: 'Too much is waiting, so it was not delivered. Please write it in this thread yourself.',
  },
  closed: {
    ko: '닫힌 상담이라 보내지 않았어요. 먼저 다시 열어 주세요.',
    en: 'Not sent: this case is closed. Reopen it first.',
  },
} as const satisfies Record<string, Both>

export interface HelpWords {
  suggestion(name: string): string
  /** From pages, or from the conversation alone. */
  lookedUp(titles: string): string
  nothingFound: string
  byModel: string
  translated: string
  noSuggestion: string
  nothingSaid: string
  summary(number: number): string
  noSummary: string
  hiddenGone: string
}

export const HELP: Readonly<Record<Lang, HelpWords>> = {
  ko: {
    suggestion: (name) => `**답변 제안** — ${name} 님에게. 아직 보내지 않았어요`,
    lookedUp: (titles) => `찾아본 자료: ${titles}`,
    nothingFound: '안내 자료에서 근거를 찾지 못해 대화만 보고 썼어요. 사실인지 꼭 확인해 주세요.',
    byModel: 'AI가 쓴 제안이에요. 보내기 전에 확인해 주세요.',
    translated: '**한국어로**',
    noSuggestion: '제안할 답변을 쓰지 못했어요. 잠시 뒤 다시 눌러 주세요.',
    nothingSaid: '아직 오간 말이 없어요.',
    summary: (number) => `**상담 #${number} 요약**`,
    hiddenGone: '이 글은 지워졌거나 보관 기간이 지났어요.',
    noSummary: '요약을 쓰지 못했어요. 잠시 뒤 다시 눌러 주세요.',
  },
  en: {
    suggestion: (name) => `**Suggested reply** to ${name} — not sent yet`,
    lookedUp: (titles) => `Looked up: ${titles}`,
    nothingFound:
      'Nothing in the help pages bears this out: it is written from the conversation alone. Please check every fact.',
    byModel: 'Written by AI. Please check it before you send it.',
    translated: '**In English**',
    noSuggestion: 'No reply could be written. Please try again in a moment.',
    nothingSaid: 'Nothing has been said yet.',
    summary: (number) => `**Summary of case #${number}**`,
    hiddenGone: 'This was deleted, or is no longer kept.',
    noSummary: 'No summary could be written. Please try again in a moment.',
  },
}

export interface SnippetWords {
  title(count: number): string
  none: string
  saved(name: string, langs: string): string
  removed(name: string): string
  unknown(name: string): string
  similar(names: string): string
  unreadable: string
  tooLong(max: number): string
  gaps(names: string, known: string): string
  full(max: number): string
  more(count: number): string
  onlyInCase: string
  preview(name: string, lang: string): string
  otherLanguage(wanted: string, has: string): string
  languages: Readonly<Record<Lang, string>>
  /** In place of a question that nobody need read. */
  question: string
}

export const SNIPPET: Readonly<Record<Lang, SnippetWords>> = {
  ko: {
    title: (count) => `**상용구** (${count}개)`,
    none: '상용구가 아직 없어요. `상용구 추가 환불안내 ko: … en: …`처럼 추가해 주세요.',
    saved: (name, langs) => `상용구를 저장했어요: **${name}** (${langs})`,
    removed: (name) => `상용구를 삭제했어요: ${name}`,
    unknown: (name) => `‘${name}’ 상용구는 없어요.`,
    similar: (names) => `혹시 이것인가요? ${names}`,
    unreadable: '상용구를 읽지 못했어요. `상용구 추가 환불안내 ko: … en: …`처럼 이름과 글을 써 주세요.',
    tooLong: (max) => `상용구는 언어마다 ${max.toLocaleString('ko')}자까지 쓸 수 있어요.`,
    gaps: (names, known) => `쓸 수 없는 변수가 있어요: ${names}. 쓸 수 있는 변수: ${known}`,
    full: (max) => `상용구는 ${max}개까지 저장할 수 있어요.`,
    more: (count) => `그 밖에 ${count}개가 더 있어요.`,
    onlyInCase: '상용구는 상담 카드의 스레드에서 쓸 수 있어요. 거기에서 저를 멘션해 주세요.',
    preview: (name, lang) => `**${name}** (${lang}) — 아직 보내지 않았어요`,
    otherLanguage: (wanted, has) =>
      `${wanted}로 쓴 글이 없어서 ${has} 글을 보여 드려요. 확인하고 보내 주세요.`,
    languages: { ko: '한국어', en: '영어' },
    question: '문의하신 내용',
  },
  en: {
    title: (count) => `**Canned replies** (${count})`,
    none: 'There are no canned replies yet. Add one like this: `snippet add refund ko: … en: …`.',
    saved: (name, langs) => `Saved: **${name}** (${langs})`,
    removed: (name) => `Removed: ${name}`,
    unknown: (name) => `There is no canned reply “${name}”.`,
    similar: (names) => `Did you mean ${names}?`,
    unreadable: 'I couldn’t read that. Please write a name and a text: `snippet add refund ko: … en: …`.',
    tooLong: (max) => `A canned reply can have ${max.toLocaleString('en')} characters in each language.`,
    gaps: (names, known) => `These variables mean nothing to me: ${names}. You can use: ${known}`,
    full: (max) => `There can be ${max} canned replies.`,
    more: (count) => `… and ${count} more.`,
    onlyInCase: 'Canned replies are used in the thread of a case’s card. Please mention me there.',
    preview: (name, lang) => `**${name}** (${lang}) — not sent yet`,
    otherLanguage: (wanted, has) =>
      `There is no text in ${wanted}, so this is the one in ${has}. Please check it before you send it.`,
    languages: { ko: 'Korean', en: 'English' },
    question: 'your question',
  },
}

export interface ToneWords {
  found: string
  fine: string
  rewritten: string
  yours: string
  note: string
  tooLong(max: number): string
  kinds: Readonly<Record<ToneSlip['kind'], string>>
}

export const TONE: Readonly<Record<Lang, ToneWords>> = {
  ko: {
    found: '**고객이 불편하게 느낄 수 있는 곳**',
    fine: '규칙으로 본 말투에는 걸리는 곳이 없어요.',
    rewritten: '**이렇게 쓰면 어떨까요?**',
    yours: '**쓰신 글**',
    note: '아직 보내지 않았어요. 뜻이 그대로인지 확인하고 보내 주세요.',
    tooLong: (max) => `글이 너무 길어요. ${max.toLocaleString('ko')}자까지 살펴볼 수 있어요.`,
    kinds: {
      level: '반말이에요',
      blunt: '딱딱하게 들려요',
      casual: '너무 편한 말이에요',
      shouting: '소리치는 것처럼 보여요',
      address: '고객 호칭이 어색해요',
      honorific: '사물을 높였어요',
      spelling: '맞춤법이 틀렸어요',
    },
  },
  en: {
    found: '**What may put a customer off**',
    fine: 'No rule finds anything wrong with the tone.',
    rewritten: '**How about this?**',
    yours: '**Your draft**',
    note: 'Not sent yet. Please check that it still says what you mean.',
    tooLong: (max) => `That is too long: ${max.toLocaleString('en')} characters can be checked.`,
    kinds: {
      level: 'talks down (반말)',
      blunt: 'sounds blunt',
      casual: 'too casual',
      shouting: 'looks like shouting',
      address: 'an awkward way to address a customer',
      honorific: 'honours a thing',
      spelling: 'misspelt',
    },
  },
}
