// What is said around a case that a person has: to the customer in their language, to staff in both on the card.

import type { HandOverReason } from '../src/core/decision.ts'
import type { Both, Lang } from '../src/core/error.ts'
import type { Ticket, TicketStatus } from '../src/desk/model.ts'

type Names<Key extends string> = Readonly<Record<Key, string>>

export const DESK_CARD = {
  title: (number: number): string => `상담 #${number} · Case #${number}`,
  claim: '맡기 · Claim',
  resolve: '해결 · Resolve',
  reopen: '다시 열기 · Reopen',
  spam: '스팸 · Spam',
  how: '이 스레드에 쓰면 고객님께 전해져요. //로 시작하면 내부 메모예요 · What you write in this thread goes to the customer; a line that starts with // is an internal note',
  summary: '요약 · Summary',
  status: '상태 · Status',
  mood: '기분 · Mood',
  language: '언어 · Language',
  reason: '연결 이유 · Why',
  assignee: '담당 · Assignee',
  tried: '찾아본 자료 · Looked up',
  nothingTried: '근거를 찾지 못함 · nothing found',
  rating: '만족도 · Rating',
  reopened: '고객님이 다시 글을 남기셨어요 · The customer has written again',
  inTheirThread: '(고객님 스레드에서 · in the customer’s thread)',
} as const

export const STATUS_WORDS: Names<TicketStatus> = {
  open: '접수 · Open',
  'waiting-staff': '담당자 답변 대기 · Waiting for staff',
  'waiting-customer': '고객 답변 대기 · Waiting for the customer',
  resolved: '해결 · Resolved',
  closed: '닫힘 · Closed',
}

export const MOOD_WORDS: Names<'calm' | 'annoyed' | 'angry'> = {
  calm: '차분함 · Calm',
  annoyed: '불편함 · Annoyed',
  angry: '화남 · Angry',
}

export const REASON_WORDS: Names<HandOverReason> = {
  button: '상담원 연결 버튼 · pressed the button',
  words: '상담원을 찾음 · asked for a person',
  command: '상담원 명령 · used the command',
  'thumbs-down': '‘아쉬워요’ 두 번 · two 👎',
  'no-evidence': '답을 두 번 못 찾음 · not found twice',
  angry: '화가 나 있음 · angry',
}

export const LANGUAGE_WORDS: Names<Lang> = { ko: '한국어 · Korean', en: '영어 · English' }

/** To the customer. */
export const CUSTOMER = {
  connected: ({ number }: Pick<Ticket, 'number'>): Both => ({
    ko: `담당자에게 전달했어요. (상담 번호 #${number}) 담당자가 이 대화를 읽고 여기에서 답해 드릴 거예요. 더 하실 말씀은 여기에 이어서 써 주세요. 그대로 전해 드릴게요.`,
    en: `I’ve passed this on to our team. (case #${number}) Someone will read this conversation and reply here. Anything you add here reaches them.`,
  }),
  claimed: (name: string): Both => ({
    ko: `${name} 님이 상담을 맡았어요. 곧 답해 드릴 거예요.`,
    en: `${name} is looking into this and will reply here.`,
  }),
  resolved: {
    ko: '상담이 마무리되었어요. 도움이 되셨나요? 더 궁금한 점은 여기에 이어서 써 주시면 담당자에게 다시 전해 드려요.',
    en: 'This case is closed for now. How did we do? If anything is left, just write here and our team will see it.',
  },
  rated: { ko: '평가해 주셔서 고맙습니다.', en: 'Thank you for rating us.' },
  here: (name: string): Both => ({
    ko: `${name} 님, 여기에서 담당자와 이야기하실 수 있어요.`,
    en: `${name}, you can talk to our team here.`,
  }),
  hereTold: {
    ko: '담당자와 이야기할 수 있는 스레드를 열었어요.',
    en: 'I’ve opened a thread where you can talk to our team.',
  },
  elsewhere: {
    ko: '여기에서는 담당자와 이어서 이야기할 수 없어요. 저를 초대한 채널이나 DM에서 ‘상담원 연결해 주세요’라고 써 주세요.',
    en: 'Our team can’t talk to you here. Please ask for a person in a channel I’m in, or in a direct message.',
  },
  nobody: {
    ko: '지금은 연결할 상담원이 정해져 있지 않아요. 채널 관리자에게 직접 문의해 주세요.',
    en: 'No support person has been set up here yet. Please contact a channel admin directly.',
  },
  /** A direct message on Discord has no admin and no settings: only a server can say who its staff are. */
  nobodyAlone: {
    ko: '다이렉트 메시지에서는 어느 서버의 상담원을 불러야 할지 알 수 없어요. 문의하시려는 서버의 채널에서 저를 멘션하고 ‘상담원 연결해 주세요’라고 써 주세요.',
    en: 'From a direct message I can’t tell which server’s team to call. Please mention me in a channel of the server this is about, and ask for a person there.',
  },
} as const

/** To staff, in the thread of the card or to whoever pressed. */
export const STAFF = {
  gone: {
    ko: '고객님의 스레드가 지워졌거나 제가 쓸 수 없게 되어, 이 글은 전하지 못했어요. · The customer’s thread is gone, or closed to me: this was not delivered.',
    en: '고객님의 스레드가 지워졌거나 제가 쓸 수 없게 되어, 이 글은 전하지 못했어요. · The customer’s thread is gone, or closed to me: this was not delivered.',
  },
  ticketGone: { ko: '이 상담은 더는 남아 있지 않아요.', en: 'This case is no longer kept.' },
  notStaff: { ko: '상담 채널에서만 쓸 수 있어요.', en: 'This only works in the staff channel.' },
} as const satisfies Record<string, Both>
