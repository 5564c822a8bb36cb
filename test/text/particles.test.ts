// Particles follow the sound of a word, also when it is Latin, a number or a sign.
import { describe, expect, it } from 'vitest'
import { josa, type ParticlePair, withJosa } from '../../src/text/particles.ts'

// Each line: the pair, then words with the right particle after a space.
const rows: [ParticlePair, string][] = [
  [
    '은/는',
    '배송은 환불은 주소는 서울은 우리는 값은 주문번호는 Slack은 Discord는 EXAONE은 vLLM은 ChatGPT는 iPhone은 GitHub는 Chrome은 Android는 Damso는 Redis는 1은 2는 3은 6은 10은 2024는 100은',
  ],
  [
    '이/가',
    '상품이 결제가 GPU가 CPU가 URL이 PDF가 ID가 API가 SDK가 SQL이 HTML이 DM이 FAQ가 CS가 VPN이 JSON이 PIN이 app이 bot이 email이 token이 file이 user가 key가 Google이 Apple이 Netflix가 0이 5가 7이 9가',
  ],
  [
    '을/를',
    '환불을 영수증을 쿠폰을 사이즈를 API를 URL을 PDF를 Slack을 webhook을 password를 link를 login을 plan을 server를 backup을 reset을 channel을 page를 cookie를 cache를 100%를 50%를 5km를 10kg을 5g을 5G를 4G를 MP3를 3을 500ml를 2GB를 8을 4를 C#을 C++를',
  ],
  [
    '와/과',
    '상품과 가격과 배송비와 Slack과 Discord와 Google과 Zoom과 Teams와 KakaoTalk과 email과 SMS와 1과 2와 3과',
  ],
  [
    '으로/로',
    '서울로 부산으로 집으로 학교로 메일로 칼로 3으로 7로 1로 8로 6으로 10으로 2로 Slack으로 email로 URL로 API로 PDF로 Gmail로 Google로 HTML로 app으로 admin으로 100%로 DM으로 file로 Excel로',
  ],
  ['이나/나', '상담원이나 직원이나 전화나 Slack이나 email이나 API나 PDF나 DM이나'],
  ['이라/라', '오류라 사람이라 Slack이라 Discord라 API라 URL이라 3이라 2라'],
]

describe.each(rows)('%s', (pair, line) => {
  const forms = pair.split('/').sort((a, b) => b.length - a.length)
  it.each(line.split(' '))('%s', (joined) => {
    const word = forms
      .map((form) => (joined.endsWith(form) ? joined.slice(0, -form.length) : ''))
      .find((rest) => rest !== '')!
    expect(withJosa(word, pair)).toBe(joined)
  })
})

it.each<[string, ParticlePair, string]>([
  ['비밀번호(Password)', '을/를', '를'],
  ['"설정"', '으로/로', '으로'],
  ['‘내 주문’', '이/가', '이'],
  ['**결제**', '은/는', '는'],
  ['`npm install`', '을/를', '을'],
  ['12,000원', '이/가', '이'],
  ['12,000', '이/가', '이'],
  ['1.5', '으로/로', '로'],
  ['1.0', '은/는', '은'],
  ['1000000000000', '은/는', '는'],
  ['100000000', '은/는', '은'],
  ['$', '을/를', '를'],
  ['25℃', '이/가', '가'],
  ['김민수 님', '은/는', '은'],
  ['배송'.normalize('NFD'), '은/는', '은'],
  ['Café', '은/는', '는'],
  ['ㅋㅋ', '은/는', '은'],
  ['', '은/는', '는'],
  ['👍', '을/를', '를'],
  ['하늘상점(Sky Shop)', '이/가', '이'],
  ['(주)하늘', '은/는', '은'],
  ['iOS 18', '으로/로', '로'],
])('%j with %s takes %s', (word, pair, particle) => {
  expect(josa(word, pair)).toBe(particle)
})
