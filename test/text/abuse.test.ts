// What a person who answers customers need not read, and what only looks like it. A false alarm is worse than a miss.
import { describe, expect, test } from 'vitest'
import { isAbusive } from '../../src/text/abuse.ts'

describe('is abuse', () => {
  test.each([
    '씨발 진짜 뭐하는 거야',
    '아 시발 환불해 달라고',
    '시1발',
    'ㅅㅂ 빨리 답해',
    'ㅂㅅ',
    '야 이 개새끼야',
    '개새끼들아 돈 내놔',
    '이 새끼야 장난하냐',
    '병신 같은 회사',
    '병신아',
    '지랄하네',
    '미친년이 상담을 이따위로 해',
    '미친 새끼',
    '좆같네',
    '엿 먹어라',
    '닥쳐!',
    '꺼져',
    '니애미',
    '너 죽여버린다',
    '찾아가서 다 죽여 버릴 거야',
    'Fuck you',
    'go f*ck yourself',
    'You are a fucking idiot',
    "you're such a useless moron",
    'You stupid bitch',
    'stfu',
    'I will kill you',
    'Kill yourself.',
    '시\u200B발',
  ])('%s', (text) => expect(isAbusive(text)).toBe(true))
})

describe('is none', () => {
  test.each([
    '문제의 시발점이 어디인가요?',
    '서울역이 시발역인 열차예요.',
    '18시발 버스를 놓쳤어요.',
    '다시발송해 주세요.',
    '시 발표 자료를 보내 주세요.',
    '시발 택시 모형을 샀어요.',
    '개새끼손가락만 한 벌레가 나왔어요.',
    '새끼손가락을 다쳤어요.',
    '새끼 고양이 사료도 있나요?',
    '이건 고양이 새끼야?',
    '우리 개 새끼 고양이랑 놀아요.',
    '1956년 병신년 달력',
    '병신춤 공연 예매하려고요.',
    '상담원이 저한테 병신이라고 했어요.',
    '댓글에 씨발이라는 말이 있어서 신고해요.',
    '후기에 “개새끼”라고 쓰여 있어요.',
    '화면이 자꾸 꺼져요.',
    '불이 꺼져',
    '위기가 닥쳐서 급해요.',
    '이 게임 죽여주네요!',
    '벌레를 죽여 버렸어요.',
    '엿을 먹어 봤는데 맛있어요.',
    '아 진짜 짜증 나네요. 빨리 환불해 주세요.',
    '너무 화가 나요. 최악이에요.',
    '존나 좋아요',
    'ㅋㅋㅋㅋ',
    'ㅂㅅㅂㅅ',
    '씨바스리갈 재고 있나요?',
    'This fucking printer does not work.',
    'What the hell is going on?',
    'Is the cover idiot-proof?',
    'I feel like an idiot, I forgot my password.',
    'There is a chink in the wall.',
    'He called me “a stupid bitch”.',
    'How do I kill the process?',
    'This is shit quality.',
    'Scunthorpe delivery',
    'https://shop.example/fuck-you',
  ])('%s', (text) => expect(isAbusive(text)).toBe(false))
})

test('40,000 characters take no time', () => {
  const started = performance.now()
  isAbusive('이 새끼 고양이 '.repeat(4_500))
  isAbusive('you are such a '.repeat(2_700))
  expect(performance.now() - started).toBeLessThan(2_000)
})
