// Korean conversations of threads.ts.
import { bot, type Conversation, channel, dm, others, post, soon, thread } from './conversation.ts'

export const KOREAN: Conversation[] = [
  {
    name: '부르면 답하고, 물어본 사람이 이어서 쓰면 다시 부르지 않아도 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '배송이 언제 오나요?', 'answer', bot),
      thread('jisu', '제주도도 같은가요?', 'answer'),
    ],
  },
  {
    name: '부르지 않은 글에는 답하지 않는다',
    lang: 'ko',
    platform: 'slack',
    turns: [channel('jisu', '배송이 언제 오나요?', 'silent'), thread('minho', '저도 궁금하네요', 'silent')],
  },
  {
    name: '감사 인사에는 이모지로만 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [channel('jisu', '환불은 어떻게 하나요?', 'answer', bot), thread('jisu', '감사합니다', 'react')],
  },
  {
    name: '네, 넵 뒤에 다시 물으면 답한다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '환불은 어떻게 하나요?', 'answer', bot),
      thread('jisu', '넵', 'react'),
      thread('jisu', '그럼 며칠이나 걸리나요?', 'answer'),
    ],
  },
  {
    name: '다른 사람이 끼어들면 다시 부를 때까지 기다린다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '쿠폰이 적용이 안 돼요', 'answer', bot),
      thread('minho', '제가 확인해 볼게요', 'silent'),
      thread('jisu', '언제쯤 될까요?', 'silent'),
      thread('jisu', '그럼 다른 쿠폰은 되나요?', 'answer', bot),
      thread('jisu', '고마워요 그런데 유효기간은요?', 'answer'),
    ],
  },
  {
    name: '끼어든 사람에게 하는 감사 인사에는 반응하지 않는다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '쿠폰이 적용이 안 돼요', 'answer', bot),
      thread('minho', '처리해 드렸습니다!', 'silent'),
      thread('jisu', '감사합니다', 'silent'),
    ],
  },
  {
    name: '남의 스레드에서도 부르면 답하고, 그때부터는 부른 사람의 대화다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '배송이 언제 오나요?', 'answer', bot),
      thread('minho', '저는 주문 취소하고 싶은데 어떻게 하죠?', 'answer', bot),
      thread('minho', '수수료가 있나요?', 'answer'),
      thread('jisu', '저는요?', 'silent'),
    ],
  },
  {
    name: '스레드에서 다른 사람을 부르는 글에는 답하지 않는다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '영수증 다시 받을 수 있나요?', 'answer', bot),
      thread('jisu', '이거 확인 부탁드려요', 'silent', others),
    ],
  },
  {
    name: '물어본 사람을 부르며 답한 동료 뒤에는 끼어들지 않는다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '영수증 다시 받을 수 있나요?', 'answer', bot),
      thread('minho', '메일로 보내 드렸어요', 'silent', others),
      thread('jisu', '어느 메일로 보내셨나요?', 'silent'),
    ],
  },
  {
    name: '네 번에 나눠 쓴 질문에는 한 번 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '안녕하세요', 'answer', bot),
      channel('jisu', '저기요', 'joins', soon),
      channel('jisu', '주문했는데요', 'joins', soon),
      channel('jisu', '아직 안 왔어요ㅠㅠ', 'joins', soon),
    ],
  },
  {
    name: '답이 나온 뒤에 채널에 쓴 글은 새 글이라 답하지 않는다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '영업시간이 언제예요?', 'answer', bot),
      channel('jisu', '점심 뭐 드실래요?', 'silent'),
    ],
  },
  {
    name: '같은 때 다른 사람이 채널에 쓴 글은 질문에 섞이지 않는다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '안녕하세요', 'answer', bot),
      channel('minho', '오늘 회의 몇 시죠?', 'silent', soon),
      channel('jisu', '배송 조회가 안 돼요', 'joins', soon),
    ],
  },
  {
    name: '스레드에서 나눠 쓴 질문도 한 번에 답한다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '교환하고 싶어요', 'answer', bot),
      thread('jisu', '그리고', 'answer'),
      thread('jisu', '색상도 바꿀 수 있나요?', 'joins', soon),
    ],
  },
  {
    name: 'DM에서는 부르지 않아도 답하고, 인사에는 이모지로만 답한다',
    lang: 'ko',
    platform: 'discord',
    turns: [dm('jisu', '비밀번호를 잊어버렸어요', 'answer'), dm('jisu', '감사합니다!', 'react')],
  },
  {
    name: '슬랙 DM에서 나눠 쓴 질문에는 한 번 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      dm('jisu', '안녕하세요', 'answer'),
      dm('jisu', '결제가 두 번 됐는데 어떻게 하나요?', 'joins', soon),
      dm('jisu', '현금영수증도 되나요?', 'answer'),
    ],
  },
  {
    name: '부르기만 해도 짧게 답하고, 이어서 쓴 질문에 함께 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [channel('jisu', '', 'answer', bot), channel('jisu', '환불 규정 알려 주세요', 'joins', soon)],
  },
  {
    name: '잊어 달라고 하면 지우고 확인해 준다',
    lang: 'ko',
    platform: 'slack',
    turns: [channel('jisu', '잊어 줘', 'notice', bot), dm('jisu', '잊어 줘', 'notice')],
  },
  {
    name: '사람을 찾으면 모델이 답하지 않고 상담원에게 알린다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '환불이 안 돼요', 'answer', bot),
      thread('jisu', '상담원 연결해 주세요', 'notice'),
    ],
  },
  {
    name: '도움말이라고 쓰면 도움말을 보여 준다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '도움말', 'notice', bot),
      dm('jisu', '도움말', 'notice'),
      channel('jisu', '도움말은 어디에 있나요?', 'answer', bot),
    ],
  },
  {
    name: '질문 있어요는 명령이 아니라 질문이다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '질문 있어요', 'answer', bot),
      channel('jisu', '배송비는 얼마인가요?', 'joins', soon),
    ],
  },
  {
    name: '관리자가 아니면 설정을 바꿀 수 없고, 설정에 대한 질문에는 답한다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '설정 모드 every', 'notice', bot),
      channel('boss', '설정 모드 every', 'notice', bot),
      channel('jisu', '설정 화면이 안 열려요', 'answer', bot),
    ],
  },
  {
    name: '새 글마다 답하는 채널에서는 부르지 않아도 답하지만 동료를 부른 글은 둔다',
    lang: 'ko',
    platform: 'slack',
    settings: { mode: 'every' },
    turns: [
      channel('jisu', '배송지를 바꾸고 싶어요', 'answer'),
      thread('minho', '저도요', 'silent'),
      channel('minho', '자료 좀 봐 주세요', 'silent', others),
      channel('minho', '감사합니다', 'silent'),
    ],
  },
  {
    name: '꺼진 채널에서는 명령 말고는 아무것도 하지 않는다',
    lang: 'ko',
    platform: 'slack',
    settings: { mode: 'off' },
    turns: [
      channel('jisu', '배송이 언제 오나요?', 'silent', bot),
      channel('boss', '설정 모드 멘션', 'notice', bot),
      dm('jisu', '배송이 언제 오나요?', 'answer'),
    ],
  },
  {
    name: '포럼 글은 부르지 않아도 질문이다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      post('jisu', '로그인이 안 됩니다\n어제부터 오류가 나요', 'answer'),
      post('jisu', '휴대폰으로도 안 돼요', 'answer'),
      post('minho', '저도 같은 증상이에요', 'silent'),
      post('jisu', '언제 고쳐지나요?', 'silent'),
    ],
  },
  {
    name: '이모지만 쓴 글에는 답하지 않는다',
    lang: 'ko',
    platform: 'slack',
    turns: [
      channel('jisu', '교환되나요?', 'answer', bot),
      thread('jisu', '🤔', 'silent'),
      thread('jisu', '포장을 뜯었어도 되나요?', 'answer'),
    ],
  },
  {
    name: '사진만 보내도 그냥 지나치지 않는다',
    lang: 'ko',
    platform: 'discord',
    turns: [
      channel('jisu', '이 오류가 뭔가요?', 'answer', { ...bot, picture: true }),
      thread('jisu', '', 'answer', { picture: true }),
      thread('jisu', '네', 'answer', { picture: true }),
    ],
  },
]
