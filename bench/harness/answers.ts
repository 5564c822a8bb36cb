// What the bench asks and what the model says: every question has a key, and the answer to it is known beforehand, so
// that a lost, doubled or mangled answer is seen.
import { tokenize } from '../../test/fakes/vllm/tokens.ts'

const SENTENCES = [
  '주문하신 상품은 결제가 끝난 다음 날 창고에서 출발합니다.',
  '수도권은 보통 하루, 그 밖의 지역은 이틀이 걸립니다.',
  '제주와 섬 지역은 배편에 따라 사흘까지 늦어질 수 있습니다.',
  '송장 번호는 출발한 날 저녁에 문자로 보내 드립니다.',
  '받는 분이 안 계시면 기사님이 경비실이나 현관 앞에 두고 갑니다.',
  '냉장 상품은 보냉 가방에 담아 새벽에 배달합니다.',
  '주소를 바꾸려면 포장이 시작되기 전에 알려 주세요.',
  '환불은 회수한 물건을 확인한 뒤 영업일로 사흘 안에 처리합니다.',
  '교환을 원하시면 같은 제품의 재고부터 살펴보겠습니다.',
  '포장을 뜯었더라도 고장이라면 왕복 비용은 저희가 냅니다.',
  '적립금은 배송이 끝나고 일주일이 지나면 쌓입니다.',
  '영수증과 세금 계산서는 내 정보 화면에서 내려받을 수 있습니다.',
  '선물 포장에는 짧은 편지를 함께 넣을 수 있습니다.',
  '예약 판매 물건은 안내한 날짜보다 먼저 나가지 않습니다.',
  '여러 곳에서 산 물건은 상자가 나뉘어 따로 도착하기도 합니다.',
  '더 궁금한 점이 있으면 언제든지 다시 물어봐 주세요.',
]

/** The tokens of the answer to `key`: exactly that many. */
export function answerTokens(key: string, tokens: number): string[] {
  const all = tokenize(`문의 ${key} 안내: ${SENTENCES.join(' ')}`)
  if (tokens > all.length) throw new Error(`the bench knows no answer of ${tokens} tokens`)
  return all.slice(0, tokens)
}

export function answerText(key: string, tokens: number): string {
  return answerTokens(key, tokens).join('').trim()
}

export function questionText(key: string): string {
  return `${key} 반품하려면 어떻게 하나요?`
}

export function keyOf(text: string): string {
  return /\b[A-Z]\d{5}\b/.exec(text)?.[0] ?? ''
}
