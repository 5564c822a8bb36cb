// What is said around a case that a person has: to the customer in their language, to staff in both on the card.

import type { HandOverReason } from '../../src/core/decision.ts'
import type { Both, Lang } from '../../src/core/error.ts'
import type { Category, Ticket, TicketStatus } from '../../src/desk/model.ts'

type Names<Key extends string> = Readonly<Record<Key, string>>

export const DESK_CARD = {
  title: (number: number): string => `상담 #${number} · Case #${number}`,
  /** Of its thread, in the customer's language. Without a word of theirs: it stays when they are forgotten. */
  subject: ({ number, category }: Pick<Ticket, 'number' | 'category'>): Both => {
    const about = category ? ` · ${CATEGORY_WORDS[category]}` : ''
    return { ko: `상담 #${number}${about}`, en: `Case #${number}${about}` }
  },
  noTag:
    '게시글에 해결 태그를 달지 못했어요. 봇에게 ‘스레드 관리하기’ 권한을 주세요 · I could not tag the post as solved: please give me Manage Threads',
  claim: '맡기 · Claim',
  resolve: '해결 · Resolve',
  reopen: '다시 열기 · Reopen',
  spam: '스팸 · Spam',
  how: '이 스레드에 쓰면 고객님께 전해져요. //로 시작하는 줄은 내부 메모예요 · What you write in this thread goes to the customer; a line that starts with // is an internal note',
  summary: '요약 · Summary',
  status: '상태 · Status',
  mood: '기분 · Mood',
  language: '언어 · Language',
  reason: '연결 이유 · Why',
  assignee: '담당 · Assignee',
  files: '파일 · Files',
  tried: '찾아본 자료 · Looked up',
  nothingTried: '근거를 찾지 못함 · nothing found',
  rating: '만족도 · Rating',
  category: '분류 · Category',
  priority: '우선순위 · Priority',
  tags: '태그 · Tags',
  due: '응답 목표 · Target',
  missed: '놓친 목표 · Missed target',
  snoozed: '보류 · Snoozed',
  mergedInto: (number: number): string => `상담 #${number}에 합침 · Merged into #${number}`,
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
  rule: '설정한 규칙에 해당 · a rule that was set',
}

export const CATEGORY_WORDS: Names<Category> = {
  delivery: '배송 · Delivery',
  return: '교환·반품·환불 · Returns and refunds',
  payment: '결제 · Payment',
  account: '계정 · Account',
  product: '상품 · Product',
  technical: '기술 문제 · Technical problem',
  other: '기타 · Other',
}

/** In the staff channel, when something comes due. */
export const DUE = {
  warn: (what: Both, number: number, name: string, at: Both): string =>
    `⏰ 상담 #${number} (${name}): ${what.ko} 목표가 ${at.ko}까지예요 · Case #${number}: ${what.en} is due ${at.en}`,
  breach: (what: Both, number: number, name: string): string =>
    `🔴 상담 #${number} (${name}): ${what.ko} 목표 시간을 넘겼어요 · Case #${number} has missed its target: ${what.en}`,
  first: { ko: '첫 답변', en: 'first reply' },
  resolve: { ko: '해결', en: 'resolution' },
  reminded: '고객님께 답을 기다린다고 알렸어요 · The customer has been reminded',
  expired: '고객님의 답이 없어 상담을 마무리했어요 · Closed: the customer has not replied',
  awake: '미뤄 둔 상담이에요 · This case is back from snooze',
} as const

export const LANGUAGE_WORDS: Names<Lang> = { ko: '한국어 · Korean', en: '영어 · English' }

/** To the customer. */
export const CUSTOMER = {
  connected: ({ number }: Pick<Ticket, 'number'>): Both => ({
    ko: `담당자에게 전달했어요. (상담 번호 #${number}) 담당자가 이 대화를 읽고 여기에서 답해 드릴 거예요.\n더 하실 말씀은 여기에 이어서 써 주세요. 그대로 전해 드릴게요.`,
    en: `I’ve passed this on to our team. (case #${number}) Someone will read this conversation and reply here.\nAnything you add here reaches them.`,
  }),
  claimed: (name: string): Both => ({
    ko: `${name} 님이 상담을 맡았어요. 곧 답해 드릴 거예요.`,
    en: `${name} is looking into this and will reply here.`,
  }),
  /** With stars under it. */
  resolved: {
    ko: '상담이 마무리되었어요. 도움이 되셨나요? 더 궁금한 점은 여기에 이어서 써 주시면 담당자에게 다시 전해 드려요.',
    en: 'This case is closed for now. How did we do? If anything is left, just write here and our team will see it.',
  },
  /** At night: the stars come in the morning. */
  resolvedQuietly: {
    ko: '상담이 마무리되었어요. 더 궁금한 점은 여기에 이어서 써 주시면 담당자에게 다시 전해 드려요.',
    en: 'This case is closed for now. If anything is left, just write here and our team will see it.',
  },
  /** In direct messages, where the bot answers again. */
  resolvedDirect: {
    ko: '상담이 마무리되었어요. 담당자가 다시 필요하시면 ‘상담원 연결해 주세요’라고 써 주세요.',
    en: 'This case is closed for now. Ask for a person if you need our team again.',
  },
  howWasIt: { ko: '도움이 되셨나요?', en: 'How did we do?' },
  expiredDirect: {
    ko: '한동안 말씀이 없으셔서 상담을 마무리했어요. 담당자가 다시 필요하시면 ‘상담원 연결해 주세요’라고 써 주세요. 상담은 어떠셨나요?',
    en: 'We haven’t heard from you for a while, so this case is closed. Ask for a person if you need our team again. How did we do?',
  },
  askStars: ({ number }: Pick<Ticket, 'number'>): Both => ({
    ko: `상담 #${number}번은 도움이 되셨나요? 별점으로 알려 주세요.`,
    en: `How did we do with case #${number}?`,
  }),
  remind: (days: number): Both => ({
    ko: `저희가 드린 답을 확인해 보셨나요? 아직 도움이 필요하시면 여기에 답글을 남겨 주세요. ${days}일 동안 말씀이 없으시면 상담을 마무리할게요.`,
    en: `Have you had a chance to read our reply? If you still need help, just answer here. If we hear nothing within ${days} days, we’ll close this case.`,
  }),
  expired: {
    ko: '한동안 말씀이 없으셔서 상담을 마무리했어요. 여기에 다시 써 주시면 담당자에게 바로 전해 드려요. 상담은 어떠셨나요?',
    en: 'We haven’t heard from you for a while, so this case is closed. Write here any time and our team will see it. How did we do?',
  },
  handedBack: {
    ko: '담당자 상담이 끝나서, 이제 다시 제가 답해 드려요.',
    en: 'Our team has finished here. From now on I answer again.',
  },
  movedTo: (name: string): Both => ({
    ko: `${name} 님이 이어서 상담해 드려요.`,
    en: `${name} is taking over from here.`,
  }),
  merged: ({ number }: Pick<Ticket, 'number'>, link: string | null): Both => ({
    ko: `문의하신 내용을 상담 #${number}에 합쳤어요. 답은 그 대화에서 드려요.${link ? `\n${link}` : ''}`,
    en: `We’ve added this to case #${number} and will answer there.${link ? `\n${link}` : ''}`,
  }),
  rated: { ko: '평가해 주셔서 고맙습니다.', en: 'Thank you for rating us.' },
  commented: {
    ko: '소중한 의견 고맙습니다. 담당자에게 전해 드렸어요.',
    en: 'Thank you. Our team can read it now.',
  },
  comment: { ko: '의견 남기기', en: 'Tell us more' },
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
  /** What was still waiting when the case ended. */
  tooLate: {
    ko: '상담이 끝난 뒤라 이 글은 담당자에게 전해지지 않았어요. 다시 써 주시면 제가 답해 드려요.',
    en: 'The case had ended before this could be passed on. Please send it again, and I will answer.',
  },
  notDelivered: {
    ko: '지금은 담당자에게 글을 전할 수 없어요. 죄송하지만 채널 관리자에게 직접 문의해 주세요.',
    en: 'I can’t reach our team at the moment. Please contact a channel admin directly.',
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
  left: {
    ko: '고객님이 이곳을 떠나셔서 이 글을 보지 못하실 수 있어요. · The customer has left, and may not see this.',
    en: '고객님이 이곳을 떠나셔서 이 글을 보지 못하실 수 있어요. · The customer has left, and may not see this.',
  },
  ticketGone: { ko: '이 상담은 더는 남아 있지 않아요.', en: 'This case is no longer kept.' },
} as const satisfies Record<string, Both>
