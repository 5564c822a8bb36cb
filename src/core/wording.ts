// The few sentences that more than one part says. Both languages as a native would write them; no product name in them.
import type { Lang } from './error.ts'
import type { FeedbackReason } from './facts.ts'

interface Words {
  writing: string
  waiting(ahead: number, wait: string): string
  delayed(ahead: number): string
  failed(code: string): string
  stopped: string
  stoppedEarly: string
  /** Words were to be seen, and nothing bore them out yet. */
  stoppedUnchecked: string
  label: string
  notice(name: string, days: number): string
  up: string
  down: string
  person: string
  stop: string
  thanksUp: string
  thanksDown: string
  reasons: Readonly<Record<FeedbackReason, string>>
  thanksReason: string
  noVision: string
  badPicture: string
  greeting: string
  noSound: string
  noFile: string
  tooLong: string
  tooMany: string
  notStopped: string
  alreadyAsked: string
  truncated: string
  cutShort: string
  lateApology: string
  /** Beside what comes as a direct message because its own place takes it no longer. */
  late(asked: string): string
  noEvidence: string
  sources: string
  asTheyAre: string
}

const ko: Words = {
  writing: '답변을 쓰고 있어요…',
  waiting: (ahead, wait) =>
    ahead === 0
      ? `곧 답변해 드릴게요. ${wait} 걸려요.`
      : `앞에 ${ahead}건이 있어요. ${wait} 뒤에 답변해 드릴게요.`,
  delayed: (ahead) =>
    ahead === 0
      ? '답변이 조금 늦어지고 있어요. 잊지 않고 답변해 드릴게요.'
      : `답변이 조금 늦어지고 있어요. 앞에 ${ahead}건이 있어요. 잊지 않고 답변해 드릴게요.`,
  failed: (code) => `답변을 만들지 못했어요. 잠시 뒤 다시 시도해 주세요. (문의 코드 ${code})`,
  stopped: '여기까지 쓰고 멈췄어요.',
  stoppedEarly: '답변하기 전에 멈췄어요.',
  stoppedUnchecked: '여기서 멈췄어요. 쓰던 내용은 안내 자료와 맞춰 보기 전이라 지웠어요.',
  label: 'AI가 쓴 답변이에요. 틀릴 수 있어요.',
  notice: (name, days) =>
    `안내: ${name}의 답변은 AI가 작성해요. 대화는 ${days}일 동안 보관해요. 사람과 이야기하려면 ‘상담원 연결’을 누르거나 ‘상담원 연결해 주세요’라고 써 주세요. 내 기록을 지우려면 ‘잊어 줘’라고 써 주세요.`,
  up: '도움됐어요',
  down: '아쉬워요',
  person: '상담원 연결',
  stop: '멈추기',
  thanksUp: '의견 고맙습니다.',
  thanksDown:
    '아쉬우셨군요. 알려 주셔서 고맙습니다. 더 나은 답변을 드리는 데 참고할게요. 어떤 점이 아쉬웠는지도 골라 주시면 큰 도움이 돼요.',
  reasons: {
    wrong: '틀린 내용이에요',
    outdated: '예전 내용이에요',
    'not-asked': '물어본 내용이 아니에요',
    other: '직접 쓸게요',
  },
  thanksReason: '자세히 알려 주셔서 고맙습니다.',
  greeting: '안녕하세요! 무엇을 도와드릴까요?',
  noVision: '사진은 아직 볼 수 없어요. 글로 알려 주시거나 상담원을 불러 주세요.',
  badPicture: '볼 수 없는 사진이 있어요. PNG, JPEG, WebP 사진을 8MB 이하로, 한 번에 네 장까지 보내 주세요.',
  noSound: '음성과 동영상은 아직 확인할 수 없어요. 글로 알려 주시거나 상담원을 불러 주세요.',
  noFile: '이 파일은 아직 열어 볼 수 없어요. 필요한 내용을 글로 적어 주시거나 상담원을 불러 주세요.',
  tooLong: '글이 너무 길어서 한 번에 읽을 수 없어요. 나눠서 보내 주시겠어요?',
  tooMany: '답변을 기다리는 질문이 많아서 더 받지 못했어요. 앞의 답변이 나온 뒤에 다시 보내 주세요.',
  notStopped: '이미 다 썼거나, 질문하신 분만 멈출 수 있는 답변이에요.',
  alreadyAsked: '이미 담당자에게 알렸어요. 조금만 기다려 주세요.',
  truncated: '답변이 길어서 여기서 끊었어요. 이어서 보시려면 ‘계속’이라고 써 주세요.',
  cutShort:
    '여기서는 답변을 끝까지 보여 드릴 수 없어서 잘랐어요. 저를 이 채널에 초대하거나 DM으로 다시 물어보시면 전부 보여 드릴게요.',
  late: (asked) => `“${asked}”에 대한 답이에요. 시간이 오래 걸려 DM으로 보내 드려요.`,
  lateApology: '요청을 제때 받지 못했어요. 죄송하지만 다시 한번 보내 주세요.',
  noEvidence:
    '등록된 안내 자료에서 답을 찾지 못했어요. 잘못 안내해 드리지 않도록 담당자가 확인하는 편이 좋겠어요. ‘상담원 연결’을 눌러 주시거나, 조금 더 자세히 써 주세요.',
  sources: '출처',
  asTheyAre: '지금은 AI가 답변을 쓸 수 없어서, 질문과 가장 가까운 안내 자료를 그대로 보여 드려요.',
}

const en: Words = {
  writing: 'Writing an answer…',
  waiting: (ahead, wait) =>
    ahead === 0
      ? `You’re next. I’ll answer in ${wait}.`
      : `There ${ahead === 1 ? 'is 1 question' : `are ${ahead} questions`} ahead of yours. I’ll answer in ${wait}.`,
  delayed: (ahead) =>
    ahead === 0
      ? 'Answers are running a little late. I haven’t forgotten yours.'
      : `Answers are running a little late. There ${ahead === 1 ? 'is 1 question' : `are ${ahead} questions`} ahead of yours; I haven’t forgotten it.`,
  failed: (code) => `I couldn’t write an answer. Please try again in a little while. (reference ${code})`,
  stopped: 'Stopped here.',
  stoppedEarly: 'Stopped before I answered.',
  stoppedUnchecked:
    'Stopped. What I had written was not checked against our help pages yet, so I took it away.',
  label: 'Written by AI. It can be wrong.',
  notice: (name, days) =>
    `Please note: ${name}’s answers are written by AI. Messages are stored for ${days} days. To talk to a person, press “Talk to a person” or just ask for one. To have your messages deleted, write “forget me”.`,
  up: 'Helpful',
  down: 'Not helpful',
  person: 'Talk to a person',
  stop: 'Stop',
  thanksUp: 'Thanks for telling me.',
  thanksDown:
    'Sorry about that, and thank you for telling me. It helps the answers get better. If you like, tell me what was wrong with it.',
  reasons: {
    wrong: 'It’s wrong',
    outdated: 'Out of date',
    'not-asked': 'Not what I asked',
    other: 'Something else',
  },
  thanksReason: 'Thanks, that helps.',
  greeting: 'Hello! How can I help you?',
  noVision: 'I can’t look at pictures yet. Please describe it in words, or ask for a person.',
  badPicture:
    'I couldn’t open one of the pictures. Please send PNG, JPEG or WebP, up to 8 MB each and four at a time.',
  noSound: 'I can’t listen to voice messages or watch videos yet. Please write it out, or ask for a person.',
  noFile: 'I can’t open this kind of file yet. Please paste the part that matters, or ask for a person.',
  tooLong: 'That is too long for me to read at once. Could you send it in parts?',
  tooMany:
    'Many questions are waiting for an answer already. Please send this one again after the next answers.',
  notStopped: 'It is finished already, or only the person who asked can stop it.',
  alreadyAsked: 'Our team has been told already. Please give them a moment.',
  truncated: 'The answer got long, so I stopped here. Write “continue” to hear the rest.',
  cutShort:
    'I can’t show the whole answer here, so it is cut. Invite me to this channel, or ask me again in a direct message, to see all of it.',
  late: (asked) =>
    `This is about “${asked}”. It took too long to show there, so it comes as a direct message.`,
  lateApology: 'I didn’t get your request in time. Sorry — please send it once more.',
  noEvidence:
    'I couldn’t find this in our help pages, and I don’t want to guess. You can ask for a person below, or tell me a little more.',
  sources: 'Sources',
  asTheyAre:
    'The AI can’t write an answer right now, so here are the help pages closest to your question, as they are.',
}

const WORDS: Record<Lang, Words> = { ko, en }

export function words(lang: Lang): Words {
  return WORDS[lang]
}
