// What is looked at in a translation: good ones pass without a word, each fault is named.
import { describe, expect, test } from 'vitest'
import type { TargetLang } from '../../src/core/target-lang.ts'
import type { Tone } from '../../src/core/tone.ts'
import { takeOutLinks } from '../../src/translation/checks/links.ts'
import { checkPair } from '../../src/translation/checks.ts'

const check = (source: string, translated: string, from: TargetLang | null, to: TargetLang): string[] =>
  checkPair({ source, translated, from, to }).map(({ kind, detail }) => `${kind} ${detail}`.trim())

describe('good translations pass', () => {
  test.each([
    ['안녕하세요! 무엇을 도와드릴까요?', 'Hello! How can I help you?'],
    [
      '주문하신 상품은 3만 5천 원이고, 사흘 안에 도착해요.',
      'The item you ordered is KRW 35,000 and arrives within three days.',
    ],
    ['영업일 기준 2~3일 걸려요.', 'It takes 2–3 business days.'],
    ['11월 25일 오후 3시에 전화드릴게요.', 'We will call you on November 25 at 3 p.m.'],
    ['죄송하지만 교환은 안 돼요.', 'Sorry, exchanges are not possible.'],
    ['비밀번호를 잊으셨다면 재설정해 주세요.', 'If you forgot your password, please reset it.'],
    ['개봉한 상품은 환불할 수 없어요.', 'Opened items cannot be refunded.'],
    ['이 상품은 품절됐어요.', 'This item is sold out.'],
    ['걱정하지 마세요. 바로 확인할게요.', 'No worries. We will check right away.'],
    ['배송 안내를 보내 드렸어요.', 'We sent you the shipping notice.'],
    ['환불은 사흘 안에 돼요.', 'Refunds are made within three days.'],
    ['창문 안으로 들어가지 않나요?', 'Does it fit through the window?'],
    ['4만 원 → 3만 2천 원으로 내렸어요.', 'It went down from 40,000 won to 32,000 won.'],
    ['오후 2시에서 4시 사이에 도착해요.', 'It arrives between 2 p.m. and 4 p.m.'],
    ['100% 환불됩니다.', 'You get a full refund.'],
    ['담주 월욜에 갈게요', 'I’ll come next Monday.'],
    ['재고가 떨어졌어요.', 'We don’t have any in stock.'],
    ['비밀번호가 기억나지 않아요.', 'I forgot my password.'],
    ['쿠폰은 1회만 사용할 수 있어요.', 'You can use the coupon only once.'],
    ['1인당 1개만 구매할 수 있어요.', 'Limit one per customer.'],
    ['1개만 더 주세요.', 'Just one more, please.'],
    ['하나만 불량이에요.', 'Only one item is defective.'],
    ['1명당 1개예요.', 'An item each.'],
    ['네', 'Yes'],
    ['ㅋㅋ 감사합니다', 'Haha, thank you'],
    ['iPhone 15 Pro 케이스 있어요?', 'Do you have a case for the iPhone 15 Pro?'],
    ['“안녕”은 영어로 hello예요.', '“안녕” is hello in English.'],
    ['제 이름은 김민수(金民秀)입니다.', 'My name is Minsu Kim (金民秀).'],
    ['⟦1⟧님, 주문이 취소됐어요.', '⟦1⟧, your order has been cancelled.'],
  ])('%s → %s', (ko, en) => {
    expect(check(ko, en, 'ko', 'en')).toEqual([])
  })
  test.each([
    ['Hello! How can I help you?', '안녕하세요! 무엇을 도와드릴까요?'],
    ['Why don’t you try again?', '다시 해 보시겠어요?'],
    ['Could you tell me your order number?', '주문 번호를 알려 주시지 않겠어요?'],
    ['I forgot my password.', '비밀번호가 기억나지 않아요.'],
    ['The app is stuck.', '앱이 움직이지 않아요.'],
    ['Don’t hesitate to contact us.', '언제든지 편하게 연락 주세요.'],
    ['Isn’t it open today?', '오늘 여나요?'],
    ['I can’t log in.', '로그인이 안 돼요.'],
    ['Items cannot be returned after 14 days.', '14일이 지나면 반품하실 수 없어요.'],
    ['Do not share your password.', '비밀번호를 알려 주지 마세요.'],
    ['It is not available in red.', '빨간색은 품절이에요.'],
    ['Please update the iOS app to version 2.1.', 'iOS 앱을 2.1 버전으로 업데이트해 주세요.'],
    ['It costs $20 and ships in 2 weeks.', '20달러이고 2주 안에 배송돼요.'],
    ['Limit one per customer.', '고객당 한 개만 구매할 수 있어요.'],
    ['Only one of the three arrived.', '세 개 중 하나만 왔어요.'],
    ['OK', '네'],
    ['Open “How to return an item”. Please wait.', '“How to return an item”을 열고 기다려 주세요.'],
    ['Galaxy Buds Pro for iPad. It is here.', 'Galaxy Buds Pro for iPad. 여기 있어요.'],
    ['The Lord of the Rings is out.', 'The Lord of the Rings가 나왔어요.'],
    ['Windows 11 Home', 'Windows 11 Home'],
  ])('%s → %s', (en, ko) => {
    expect(check(en, ko, 'en', 'ko')).toEqual([])
  })
  test.each<[string, string, TargetLang, TargetLang]>([
    ['내일 배송돼요.', '明日配送します。', 'ko', 'ja'],
    ['주문번호를 확인해 주세요.', '注文番号確認', 'ko', 'ja'],
    ['내일 배송돼요.', '明天发货。', 'ko', 'zh'],
    ['내일 배송돼요.', 'Se envía mañana.', 'ko', 'es'],
    ['내일 배송돼요.', 'Es wird morgen versandt.', 'ko', 'de'],
    ['내일 배송돼요.', 'Hàng sẽ được giao vào ngày mai.', 'ko', 'vi'],
    ['환불은 사흘 안에 돼요.', 'O reembolso é feito em três dias.', 'ko', 'pt'],
    ['내일 배송돼요.', 'Отправим завтра.', 'ko', 'ru'],
    ['갤럭시 버즈 프로 케이스예요.', 'Galaxy Buds Pro Case Black Edition', 'ko', 'es'],
    ['商品は明日届きます。', '상품은 내일 도착해요.', 'ja', 'ko'],
    ['12,500원이에요.', '12.500 Won.', 'ko', 'de'],
  ])('%s → %s', (source, translated, from, to) => {
    expect(check(source, translated, from, to)).toEqual([])
  })
})

describe('faults are named', () => {
  test.each<[string, string, TargetLang, TargetLang, string]>([
    ['3만 5천 원이에요.', 'It is 3,500 won.', 'ko', 'en', 'value 3만 5천 원'],
    ['내일 배송돼요.', 'We will ship it to you tomorrow.', 'ko', 'es', 'language'],
    ['내일 배송돼요.', 'Wir senden das Paket morgen an Sie.', 'ko', 'fr', 'language'],
    ['쿠폰은 1회만 사용할 수 있어요.', 'You can use a coupon any time.', 'ko', 'en', 'value 1회'],
    ['1인당 1개만 구매할 수 있어요.', 'You can buy an item.', 'ko', 'en', 'value 1개'],
    ['한 명까지 가능해요.', 'A guest may come.', 'ko', 'en', 'value 한 명'],
    ['Limit one per customer.', '고객당 한도가 있어요.', 'en', 'ko', 'value one'],
    ['사흘 안에 도착해요.', 'It arrives within four days.', 'ko', 'en', 'value 사흘'],
    ['내일 도착해요.', 'It arrives tomorrow, within 3 days.', 'ko', 'en', 'value 3 days'],
    ['100% 환불됩니다.', 'You get a refund.', 'ko', 'en', 'value 100%'],
    ['It costs $20.', '200달러예요.', 'en', 'ko', 'value $20'],
    ['12,500원이에요.', '15.200 Won.', 'ko', 'de', 'value 12500'],
    [
      '내일 배송될 예정이니 조금만 기다려 주세요.',
      '내일 배송될 예정이니 조금만 기다려 주세요.',
      'ko',
      'en',
      'language',
    ],
    ['Please wait a little longer for it.', 'Please wait a little longer for it.', 'en', 'ko', 'language'],
    ['내일 배송될 예정이에요.', 'Se enviará mañana por la mañana.', 'ko', 'en', 'language'],
    ['내일 배송돼요.', '내일 배송돼요.', 'ko', 'de', 'language'],
    ['The order is confirmed.', '주문이 確認됐어요.', 'en', 'ko', 'foreign 確認'],
    ['Free of charge', '무료です', 'en', 'ko', 'foreign です'],
    [
      '반품 신청은 마이페이지에서 하세요.',
      'Request a return in 마이페이지.',
      'ko',
      'en',
      'untranslated 마이페이지',
    ],
    [
      'Thank you very much for writing to us. We will get back to you as soon as we have checked. we will refund the full amount to your card today',
      '문의해 주셔서 정말 감사합니다. 확인이 끝나는 대로 바로 연락드릴게요. we will refund the full amount to your card today',
      'en',
      'ko',
      'untranslated we will refund the full amount to your card today',
    ],
    [
      'Please confirm the date. Thank you for your patience.',
      '날짜를 확인해 주세요. Thank you for your patience.',
      'en',
      'ko',
      'untranslated Thank you for your patience.',
    ],
    [
      'Your order has shipped. Please check your email.',
      'Your order has shipped. 이메일을 확인해 주세요.',
      'en',
      'ko',
      'untranslated Your order has shipped.',
    ],
    [
      '주문하신 상품이 오늘 물류센터에서 출발했고 내일 오전에 도착할 예정이에요.',
      'Sent.',
      'ko',
      'en',
      'length',
    ],
    ['네', `Yes. ${'I am happy to explain this at length. '.repeat(6)}`, 'ko', 'en', 'length'],
    ['Items cannot be returned.', '반품하실 수 있어요.', 'en', 'ko', 'negation cannot'],
    ['You will not be charged.', '요금이 청구돼요.', 'en', 'ko', 'negation not'],
    ['개봉한 상품은 환불되지 않아요.', 'Opened items are refunded.', 'ko', 'en', 'negation 지 않'],
    ['지금은 취소할 수 없어요.', 'You can cancel now.', 'ko', 'en', 'negation 수 없'],
    ['앱을 삭제하지 마세요.', 'Please delete the app.', 'ko', 'en', 'negation 지 마'],
    ['You can get a refund.', '환불은 안 돼요.', 'en', 'ko', 'negation 안 돼'],
    ['Please cancel my order.', '주문을 취소하지 마세요.', 'en', 'ko', 'negation 지 마'],
    ['환불해 드려요.', 'We do not refund it.', 'ko', 'en', 'negation not'],
    [
      'It does not ship to Jeju. It ships to Busan.',
      '제주로 배송돼요. 부산으로는 안 가요.',
      'en',
      'ko',
      'negation not',
    ],
  ])('%s → %s', (source, translated, from, to, fault) => {
    expect(check(source, translated, from, to)).toContain(fault)
  })
})

describe('Korean', () => {
  const of = (translated: string, tone: Tone): string[] =>
    checkPair({ source: 'It is sold out. Please wait.', translated, from: 'en', to: 'ko', tone }).map(
      ({ kind, detail }) => `${kind} ${detail}`,
    )
  test.each<[Tone, string, string[]]>([
    ['polite', '품절됐어요. 기다려 주세요.', []],
    ['polite', '품절됐습니다. 기다려 주세요.', []],
    ['formal', '품절됐습니다. 기다려 주십시오.', []],
    ['casual', '품절됐어. 기다려 줘.', []],
    ['polite', '품절됐어. 기다려 주세요.', ['level 품절됐어.']],
    ['formal', '품절됐어요. 기다려 주세요.', ['level 품절됐어요.', 'level 기다려 주세요.']],
    ['casual', '품절됐어. 기다려 주세요.', ['level 기다려 주세요.']],
    ['polite', '품절이세요. 기다려 주세요.', ['honorific 품절이세요']],
    ['polite', '품절됬어요. 당신은 기다려 주세요.', ['address 당신', 'spelling 품절됬어요']],
  ])('%s: %s', (tone, translated, flags) => {
    expect(of(translated, tone)).toEqual(flags)
  })
  test('other languages have no such levels', () => {
    expect(check('품절됐어. 기다려.', 'It is sold out. Wait.', 'ko', 'en')).toEqual([])
  })
})

test('addresses that the source has stay, others are taken out and not repeated', () => {
  const source = '자세한 내용은 https://shop.example/help 또는 help@shop.example로 문의하세요.'
  const good = 'See https://shop.example/help or write to help@shop.example.'
  expect(takeOutLinks(source, good)).toEqual({ text: good, flags: [] })
  const bad = takeOutLinks(source, `${good} Or log in at https://evil.example/x and www.phish.example.`)
  expect(bad.text).not.toMatch(/evil|phish/)
  expect(bad.text).toContain('https://shop.example/help')
  expect(bad.flags).toEqual([{ kind: 'link', detail: '' }])
  expect(takeOutLinks('안녕', 'Hello.Then good-bye').flags).toEqual([])
})
