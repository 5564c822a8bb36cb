// What the rehearsal model can translate: these sentences of the examples, put into both languages by hand, and no other.

/** Placeholders stand for what the app takes out before it asks. */
export const PHRASES: readonly { ko: string; en: string }[] = [
  {
    ko: '상담원 연결해 주세요. 그라인더 뚜껑이 깨진 채로 왔어요.',
    en: 'I would like to talk to a person, please. The lid of my grinder arrived broken.',
  },
  {
    ko: '불편을 드려 죄송합니다. 새 뚜껑은 영업일 기준 2~3일 안에 도착합니다.',
    en: 'We are sorry for the trouble. The new lid will arrive within 2–3 business days.',
  },
  {
    ko: '감사합니다! 깨진 뚜껑은 돌려보내야 하나요?',
    en: 'Thank you! Do I have to send the broken lid back?',
  },
  {
    ko: '아니요, 돌려보내지 않으셔도 됩니다.',
    en: 'No, you do not have to send it back.',
  },
  {
    ko: '오늘 오후 3시까지 주문하시면 내일 출발해요. 배송비는 3,000원이에요.',
    en: 'If you order by 3 p.m. today, it leaves tomorrow. Delivery costs 3,000 won.',
  },
  {
    ko: '예치금은 사흘 안에 환불해 드려요.',
    en: 'We refund your prepaid balance within three days.',
  },
]

/** Wrong on purpose, so that one sees what the app's checks say about it. */
export const WRONG: readonly { ko: string; en: string }[] = [
  { ko: '교환 상품은 사흘 뒤에 도착해요.', en: 'Your replacement will arrive in four days.' },
]

/** Null for what is not among them. */
export function phraseIn(to: 'ko' | 'en', text: string): string | null {
  const from = to === 'ko' ? 'en' : 'ko'
  const known = [...PHRASES, ...(to === 'en' ? WRONG : [])].find((one) => one[from] === text.trim())
  return known?.[to] ?? null
}
