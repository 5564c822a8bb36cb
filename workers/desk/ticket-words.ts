// What the ticket command says to staff, in their language.
import type { Both, Lang } from '../../src/core/error.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { type ParticlePair, withJosa } from '../../src/text/particles.ts'

type Numbered = Pick<Ticket, 'number'>

const caseKo = (number: number, particle: ParticlePair): string => withJosa(`상담 #${number}`, particle)

export const TICKET = {
  noNumber: {
    ko: '어느 상담인지 알 수 없어요. 상담 스레드 안에서 쓰거나 번호를 붙여 주세요. 예: `보기 #3`',
    en: 'Which case? Use it in the case’s thread, or add its number, as in `show #3`.',
  },
  unknown: (number: number): Both => ({
    ko: `${caseKo(number, '을/를')} 찾지 못했어요.`,
    en: `There is no case #${number}.`,
  }),
  nobody: (name: string): Both => ({
    ko: `‘${name}’ 님을 찾지 못했어요. 상담을 다룬 적이 없는 담당자는 @멘션으로 지정해 주세요. 본인이 맡으려면 ‘나’라고 써 주세요.`,
    en: `I don’t know “${name}”. Mention whoever has not handled a case here yet, as in @name; “me” takes it yourself.`,
  }),
  several: (name: string): Both => ({
    ko: `‘${name}’ 님이 여러 명이에요. @멘션으로 지정해 주세요.`,
    en: `There is more than one “${name}”. Please mention the one you mean, as in @name.`,
  }),
  noStaff: (name: string): Both => ({
    ko: `${name} 님은 담당자가 아니라서 지정할 수 없어요. 상담 채널에 초대하거나 담당자 그룹이나 역할에 넣은 다음 다시 지정해 주세요.`,
    en: `${name} is not staff here, so the case can’t be theirs. Please add them to the staff channel, or to the group or role that is set for staff, and assign it again.`,
  }),
  assigned: ({ number }: Numbered, name: string): Both => ({
    ko: `상담 #${number}의 담당자를 ${name} 님으로 정했어요.`,
    en: `Case #${number} is now ${name}’s.`,
  }),
  noted: ({ number }: Numbered): Both => ({
    ko: `상담 #${number}에 메모를 남겼어요. 고객님께는 보이지 않아요.`,
    en: `Noted on case #${number}. The customer does not see it.`,
  }),
  notPriority: {
    ko: '우선순위는 긴급, 높음, 보통, 낮음 가운데에서 골라 주세요.',
    en: 'A priority is one of urgent, high, normal, low.',
  },
  notCategory: {
    ko: '분류는 배송, 반품(교환·환불), 결제, 계정, 상품, 기술, 기타 가운데에서 골라 주세요.',
    en: 'A category is one of delivery, return, payment, account, product, technical, other.',
  },
  tooManyTags: { ko: '태그는 상담마다 10개까지 달 수 있어요.', en: 'A case can have up to 10 tags.' },
  changed: ({ number }: Numbered): Both => ({
    ko: `${caseKo(number, '을/를')} 바꿨어요.`,
    en: `Case #${number} has been changed.`,
  }),
  notTone: {
    ko: '말투는 격식 있게, 부드럽게, 편하게, 자동 가운데에서 골라 주세요.',
    en: 'A tone is one of formal, polite, casual, auto.',
  },
  /** In a list of what is known about it. */
  toneFact: (tone: Both): Both => ({
    ko: `번역 말투 ${tone.ko}`,
    en: `translations ${tone.en.toLowerCase()}`,
  }),
  toneIs: ({ number }: Numbered, tone: Both): Both => ({
    ko: `상담 #${number}의 고객님께 가는 번역은 **${tone.ko}** 써요.`,
    en: `Translations for the customer of case #${number} are **${tone.en.toLowerCase()}**.`,
  }),
  toneOwn: ({ number }: Numbered, tone: Both): Both => ({
    ko: `상담 #${number}의 고객님이 직접 정한 말투가 먼저라서, 번역은 **${tone.ko}** 써요.`,
    en: `The customer of case #${number} has chosen a tone, which comes first: translations for them are **${tone.en.toLowerCase()}**.`,
  }),
  toneOfChannel: ({ number }: Numbered, tone: Both): Both => ({
    ko: `상담 #${number}의 고객님께 가는 번역은 상담 채널의 설정대로 **${tone.ko}** 써요.`,
    en: `Translations for the customer of case #${number} follow the setting of the staff channel: **${tone.en.toLowerCase()}**.`,
  }),
  mergeWhat: {
    ko: '합칠 상담의 번호를 써 주세요. 예: `합치기 #3 #5`',
    en: 'Say into which case, as in `merge #3 #5`.',
  },
  mergeSelf: { ko: '같은 상담끼리는 합칠 수 없어요.', en: 'That is the same case.' },
  mergeOther: {
    ko: '다른 고객님의 상담과는 합칠 수 없어요.',
    en: 'Only cases of the same customer can be merged.',
  },
  /** The same customer's, but read by others. */
  mergeReaders: {
    ko: '두 상담을 볼 수 있는 사람이 서로 달라서 합칠 수 없어요. 합치면 한쪽의 내용을 다른 쪽 사람들이 보게 돼요.',
    en: 'Different people can read the two conversations, so they cannot be merged: what was said in the one would be seen in the other.',
  },
  mergeClosed: ({ number }: Numbered): Both => ({
    ko: `${caseKo(number, '은/는')} 닫혀 있어요. 먼저 다시 열어 주세요.`,
    en: `Case #${number} is closed. Reopen it first.`,
  }),
  merged: (from: Numbered, into: Numbered): Both => ({
    ko: `${caseKo(from.number, '을/를')} #${into.number}에 합쳤어요.`,
    en: `Case #${from.number} is now part of #${into.number}.`,
  }),
  /** In the thread of the case that has grown. */
  grown: ({ number }: Numbered): string =>
    `${caseKo(number, '이/가')} 여기에 합쳐졌어요 · Case #${number} has been merged into this one`,
  ended: ({ number }: Numbered): Both => ({
    ko: `이미 끝난 상담이라 #${number}번은 미룰 수 없어요.`,
    en: `Case #${number} has ended, so it cannot be put off.`,
  }),
  notLength: {
    ko: '언제까지 미룰지 모르겠어요. 예: 2시간, 내일, 3일, 끔',
    en: 'Until when? For example 2h, tomorrow, 3d, off.',
  },
  snoozed: ({ number }: Numbered, at: Both): Both => ({
    ko: `${caseKo(number, '을/를')} ${at.ko}까지 미뤘어요. 고객님이 글을 남기시면 바로 돌아와요.`,
    en: `Case #${number} is put off until ${at.en}; a word of the customer’s brings it back.`,
  }),
  awake: ({ number }: Numbered): Both => ({
    ko: `${caseKo(number, '을/를')} 다시 꺼냈어요.`,
    en: `Case #${number} is back.`,
  }),
  moved: ({ number }: Numbered, status: Both): Both => ({
    ko: `상담 #${number}의 상태: ${status.ko}`,
    en: `Case #${number}: ${status.en}`,
  }),
  none: { ko: '그런 상담이 없어요.', en: 'There are no such cases.' },
  listed: (count: number): Both => ({ ko: `상담 ${count}건`, en: count === 1 ? '1 case' : `${count} cases` }),
  more: { ko: '… 더 있어요.', en: '… and more.' },
} as const

/** Who types it means themselves. */
export const ME = ['me', 'myself', '나', '저', '본인', '내가', '제가']
export const MINE = ['mine', 'my', 'me', '내', '나', '내것', '내꺼']
export const OFF = ['off', 'none', '끔', '끄기', '취소', '해제']

const EVENT_WORDS: Readonly<Record<string, Both>> = {
  'customer-wrote': { ko: '고객이 씀', en: 'customer wrote' },
  'staff-wrote': { ko: '답변함', en: 'replied' },
  claim: { ko: '맡음', en: 'claimed' },
  assign: { ko: '담당자 지정', en: 'assigned' },
  resolve: { ko: '해결함', en: 'resolved' },
  reopen: { ko: '다시 엶', en: 'reopened' },
  spam: { ko: '스팸 처리', en: 'marked as spam' },
  'hand-back': { ko: '봇에게 돌려줌', en: 'handed back to the bot' },
  merge: { ko: '합침', en: 'merged' },
  expire: { ko: '답이 없어 마무리', en: 'ended without a reply' },
  close: { ko: '닫힘', en: 'closed' },
  note: { ko: '메모', en: 'note' },
  abuse: { ko: '거친 말을 가림', en: 'abusive language hidden' },
  warned: { ko: '고객에게 한 번 안내함', en: 'customer asked once to stay civil' },
  escalated: { ko: '책임자에게 넘김', en: 'passed to the lead' },
  'first-warn': { ko: '첫 답변 목표 임박', en: 'first reply nearly late' },
  'first-breach': { ko: '첫 답변 목표 초과', en: 'first reply late' },
  'resolve-warn': { ko: '해결 목표 임박', en: 'resolution nearly late' },
  'resolve-breach': { ko: '해결 목표 초과', en: 'resolution late' },
  remind: { ko: '고객에게 다시 알림', en: 'customer reminded' },
  rate: { ko: '만족도를 물음', en: 'asked for stars' },
}

export function eventWord(event: string, lang: Lang): string {
  return EVENT_WORDS[event]?.[lang] ?? event
}
