// What staff read on their cards, and customers under what staff have touched. Cards stand in a channel that many read,
// so they say everything in both languages; whoever pressed a button is answered in their own.
import type { Both } from './error.ts'

export const CARD = {
  draft: '답변 초안 · Draft answer',
  proposal: '새 글 제안 · Proposed article',
  send: '보내기 · Send',
  edit: '고치기 · Edit',
  drop: '버리기 · Drop',
  correct: '답변 고치기 · Correct',
  withdraw: '답변 철회 · Withdraw',
  approve: '승인 · Approve',
  reject: '거절 · Reject',
  noEvidence: '안내 자료에서 근거를 찾지 못했어요 · Nothing in the help pages bears this out',
  sent: (name: string) => `보냈어요 · Sent — ${name}`,
  sentEdited: (name: string) => `고쳐서 보냈어요 · Sent with changes — ${name}`,
  dropped: (name: string) => `버렸어요 · Dropped — ${name}`,
  approved: (name: string) => `승인했어요 · Approved — ${name}`,
  rejected: (name: string) => `거절했어요 · Rejected — ${name}`,
  public: '승인하면 모든 고객에게 답할 때 써요 · Once approved, any customer may be answered from it',
  bound:
    '이 채널의 자료에서 나온 답이라, 승인하면 이 채널에서만 써요 · From this channel’s own pages: used in this channel only',
  private:
    '비공개 대화나 자료에서 나온 답이라, 승인해도 비공개로만 써요 · From a private place or page: used in private only',
  translating: '번역하고 있어요 · Being translated',
  untranslated:
    '믿을 만한 번역을 얻지 못해 번역을 쓰지 않았어요. ‘고치기’에서 채울 수 있어요 · No translation kept every value, so there is none; you can fill it in under Edit',
  failed: (code: string) =>
    `답변 초안을 처리하지 못했어요 (문의 코드 ${code}) · A draft could not be handled (reference ${code})`,
} as const

/** In a staff channel that has been shared with another organisation. */
export const UNSTAFFED: Both = {
  ko: '이 채널이 다른 조직과 공유되어, 더는 상담 채널로 쓰지 않아요. 우리 조직만 보는 채널에서 `설정 상담 여기`로 다시 정해 주세요.',
  en: 'This channel is shared with another organisation now, so it is no longer the staff channel. Please choose one that only your own people can read: `settings staff here` in it.',
}
/** In a staff channel on Discord that everybody on the server has come to see. */
export const UNSTAFFED_OPEN: Both = {
  ko: '이 채널을 서버의 모든 사람이 볼 수 있게 되어, 더는 상담 채널로 쓰지 않아요. 채널 권한에서 @everyone의 ‘채널 보기’를 끈 다음, 채널에서 `설정 상담 여기`로 다시 정해 주세요.',
  en: 'Everybody on the server can see this channel now, so it is no longer the staff channel. Please switch View Channel off for @everyone in its permissions, then choose it again: `settings staff here` in it.',
}
/** To whoever wants to make it the staff channel. */
export const NOT_OPEN: Both = {
  ko: '서버의 모든 사람이 볼 수 있는 채널은 상담 채널로 쓸 수 없어요. 고객 상담 내용을 누구나 보게 돼요. 채널 권한에서 @everyone의 ‘채널 보기’를 끄고, 담당자 역할과 저에게만 켠 다음 다시 정해 주세요.',
  en: 'A channel that everybody on the server can see cannot be the staff channel: they would all read your customers’ cases. Switch View Channel off for @everyone in its permissions, on for your staff’s role and for me, then try again.',
}
export const NOT_CHECKED: Both = {
  ko: '이 채널을 누가 볼 수 있는지 지금은 확인할 수 없어서 상담 채널로 정하지 않았어요. 제가 채널에 초대되어 있는지 확인하고 잠시 뒤 다시 해 주세요.',
  en: 'I can’t check who can see this channel just now, so it has not been made the staff channel. Please make sure that I’m in it, and try again in a moment.',
}
export const NOT_SHARED: Both = {
  ko: '다른 조직과 공유하는 채널은 상담 채널로 쓸 수 없어요. 고객 상담 내용이 밖에서 보이게 돼요.',
  en: 'A channel that is shared with another organisation cannot be the staff channel: they would read your customers’ cases.',
}

/** Small print under what customers see. */
export const CHECKED: Both = {
  ko: 'AI가 쓰고 담당자가 확인한 답변이에요.',
  en: 'Written by AI, checked by our team.',
}
export const CORRECTED: Both = {
  ko: '담당자가 고친 답변이에요.',
  en: 'Corrected by our team.',
}
/** In place of an answer that was taken back. */
export const WITHDRAWN: Both = {
  ko: '이 답변은 정확하지 않아 담당자가 철회했어요. 도움이 더 필요하시면 ‘상담원 연결’을 눌러 주세요.',
  en: 'Our team has withdrawn this answer because it was not accurate. If you still need help, press “Talk to a person”.',
}

/** To whoever wants to do what is for staff. */
export const NOT_STAFF: Both = {
  ko: '담당자만 할 수 있어요. 상담 채널의 멤버, 담당자로 정한 그룹이나 역할의 멤버, 그리고 관리자가 담당자예요.',
  en: 'Only staff can do this: members of the staff channel, of the group or role that is set for staff, and admins.',
}
/** To whoever presses a button of theirs anywhere else. */
export const STAFF_BUTTON: Both = {
  ko: '담당자가 상담 채널에서 쓰는 버튼이라 여기서는 누를 수 없어요.',
  en: 'This button is for staff, and only works in the staff channel.',
}

/** An id or a verb as it may be logged; what may be somebody's words is not. */
export function idIn(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[\w:.-]{1,64}$/.test(text) ? text : null
}

/** To whoever pressed. */
export const TOLD = {
  sentBefore: (name: string): Both => ({
    ko: `${name} 님이 이미 보냈어요.`,
    en: `${name} has sent it already.`,
  }),
  droppedBefore: (name: string): Both => ({
    ko: `${name} 님이 이미 버렸어요.`,
    en: `${name} has dropped it already.`,
  }),
  gone: {
    ko: '질문이 지워졌거나 보관 기간이 지나서 더는 처리할 수 없어요.',
    en: 'The question was deleted, or is no longer kept, so nothing can be done with it.',
  },
  /** It can be seen already, and pressed; what it is about is written down a moment later. */
  notYet: {
    ko: '아직 쓰고 있어요. 잠시 뒤 다시 눌러 주세요.',
    en: 'This is still being written. Please press again in a moment.',
  },
  empty: { ko: '보낼 글이 비어 있어요.', en: 'There is no text to send.' },
  tooLong: {
    ko: '글이 너무 길어서 여기서는 고칠 수 없어요.',
    en: 'The text is too long to be edited here.',
  },
  tooLongFor: (chars: number): Both => ({
    ko: `여기에는 ${chars.toLocaleString('ko')}자까지만 들어가요. 줄여서 다시 고쳐 주세요.`,
    en: `There is room for ${chars.toLocaleString('en')} characters here. Please make it shorter.`,
  }),
  corrected: { ko: '답변을 고쳤어요.', en: 'The answer is corrected.' },
  correctedProposed: {
    ko: '답변을 고쳤고, 다음에도 쓸 수 있게 상담 채널에 글로 제안했어요.',
    en: 'The answer is corrected, and proposed as an article in the staff channel for next time.',
  },
  withdrawn: { ko: '답변을 철회했어요.', en: 'The answer is withdrawn.' },
  sending: { ko: '고친 글을 보낼게요.', en: 'Your text is on its way.' },
  approvedBefore: (name: string): Both => ({
    ko: `${name} 님이 이미 승인했어요.`,
    en: `${name} has approved it already.`,
  }),
  rejectedBefore: (name: string): Both => ({
    ko: `${name} 님이 이미 거절했어요.`,
    en: `${name} has rejected it already.`,
  }),
  proposalGone: { ko: '이 제안은 더 이상 없어요.', en: 'This proposal is no longer there.' },
  articleEmpty: {
    ko: '제목과, 적어도 한 언어의 답변을 채워 주세요.',
    en: 'Please fill in the title and an answer in at least one language.',
  },
  articleProposed: {
    ko: '상담 채널에 글을 제안했어요. 승인하면 답변에 쓰여요.',
    en: 'The article is proposed in the staff channel. Once approved, it is used for answers.',
  },
  articleSaved: { ko: '제안을 고쳤어요.', en: 'The article is changed.' },
  ephemeral: {
    ko: '질문하신 분에게만 한 번 보인 답변이라 고치거나 철회할 수 없어요. 필요하면 그분께 직접 알려 주세요.',
    en: 'Only the person who asked has seen this answer, and it can no longer be changed. Please tell them yourself if it matters.',
  },
  stillWriting: {
    ko: '아직 답변을 쓰고 있어요. 다 쓴 다음에 다시 해 주세요.',
    en: 'This answer is still being written. Please try again once it is complete.',
  },
  notAnAnswer: {
    ko: '제가 드린 답변이 아니거나, 보관 기간이 지난 답변이에요.',
    en: 'This is not an answer of mine, or it is no longer kept.',
  },
} as const satisfies Record<string, Both | ((name: string) => Both) | ((chars: number) => Both)>

export const FORM = {
  draft: { ko: '답변 고치기', en: 'Edit the answer' },
  answer: { ko: '답변 고치기', en: 'Correct the answer' },
  proposal: { ko: '제안 고치기', en: 'Edit the article' },
  relay: { ko: '번역 고치기', en: 'Correct the translation' },
  article: { ko: '문서 쓰기', en: 'Write an article' },
  rating: { ko: '상담은 어떠셨나요?', en: 'How did we do?' },
  ratingField: { ko: '좋았던 점이나 아쉬웠던 점을 알려 주세요', en: 'What was good, what was not?' },
  reason: { ko: '무엇이 아쉬웠나요?', en: 'What was not helpful?' },
  reply: { ko: '고쳐서 보내기', en: 'Edit and send' },
  replyField: { ko: '고객에게 보낼 글', en: 'What the customer gets' },
  answerField: { ko: '답변', en: 'Answer' },
  translationField: { ko: '고객님께 보낼 글', en: 'What the customer reads' },
  questionField: { ko: '질문', en: 'Question' },
  titleField: { ko: '제목', en: 'Title' },
  questionKoField: { ko: '질문 (한국어)', en: 'Question (Korean)' },
  answerKoField: { ko: '답변 (한국어)', en: 'Answer (Korean)' },
  questionEnField: { ko: '질문 (영어)', en: 'Question (English)' },
  answerEnField: { ko: '답변 (영어)', en: 'Answer (English)' },
  reasonField: { ko: '어떤 점이 아쉬웠는지 알려 주세요', en: 'Please tell us what was missing' },
} as const satisfies Record<string, Both>
