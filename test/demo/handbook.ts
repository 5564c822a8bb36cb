// A made-up shop's handbook, which the rehearsal model quotes: the passage whose words the question shares, else the
// question itself. Labelled in every answer, so that nobody takes it for EXAONE.

interface Passage {
  lang: 'ko' | 'en'
  about: RegExp
  text: string
}

const HANDBOOK: readonly Passage[] = [
  {
    lang: 'ko',
    about: /표|코드|API|연동|webhook/gi,
    text: `주문 상태는 **주문 조회 API**로 확인합니다.

| 상태 | 뜻 | 보통 걸리는 시간 |
| --- | --- | --- |
| \`PAID\` | 결제 완료 | 바로 |
| \`PACKING\` | 상품 준비 중 | 1일 |
| \`SHIPPED\` | 배송 중 | 1~2일 |

\`\`\`js
const answer = await fetch('https://api.haneul.example/orders/A-1042')
const { status } = await answer.json()
console.log(status)
\`\`\`

1. 주문 번호는 확인 메일에 있어요.
2. 하루에 1,000번까지 부를 수 있어요.

> 테스트할 때는 주문 번호 \`A-0000\`을 써 주세요.`,
  },
  {
    lang: 'ko',
    about: /제주|도서|산간|섬/g,
    text: '제주와 도서 산간 지역은 **하루나 이틀** 더 걸리고, 추가 배송비 3,000원이 있어요.',
  },
  {
    lang: 'ko',
    about: /배송|도착|언제\s*오|택배|안\s*왔/g,
    text: '결제하신 다음 날 보내 드려요. 보통 **1~2일** 안에 도착하고, 보내 드리면 송장 번호를 문자로 알려 드려요.',
  },
  {
    lang: 'ko',
    about: /환불|반품|교환|취소/g,
    text: '받으신 날부터 **7일 안에** 반품하실 수 있어요.\n\n1. 주문 내역에서 *반품 신청*을 눌러 주세요.\n2. 기사님이 다음 날 찾으러 가요.\n3. 상품이 도착하면 3일 안에 환불해 드려요.',
  },
  {
    lang: 'ko',
    about: /비밀번호|로그인|계정/g,
    text: '로그인 화면에서 **비밀번호 찾기**를 누르시면 메일로 링크를 보내 드려요. 링크는 30분 동안 쓸 수 있어요.',
  },
  {
    lang: 'en',
    about: /\b(table|code|api|webhook)\b/gi,
    text: `Look an order up with the **order API**.

| Status | Meaning | Usually takes |
| --- | --- | --- |
| \`PAID\` | payment received | at once |
| \`PACKING\` | being packed | 1 day |
| \`SHIPPED\` | on its way | 1–2 days |

\`\`\`js
const answer = await fetch('https://api.haneul.example/orders/A-1042')
const { status } = await answer.json()
console.log(status)
\`\`\`

1. The order number is in the confirmation mail.
2. You may call it 1,000 times a day.

> For tests, use the order number \`A-0000\`.`,
  },
  {
    lang: 'en',
    about: /\b(jeju|island|remote)\b/gi,
    text: 'To Jeju and other islands it takes **one or two days longer**, with a surcharge of 3,000 won.',
  },
  {
    lang: 'en',
    about: /\b(deliver\w*|ship\w*|arrive\w*|parcel|order)\b/gi,
    text: 'We ship on the day after payment. It usually arrives within **1–2 days**, and you get the tracking number by text message.',
  },
  {
    lang: 'en',
    about: /\b(refund\w*|return\w*|exchange\w*|cancel\w*)\b/gi,
    text: 'You can return it **within 7 days**.\n\n1. Press *Return* in your order history.\n2. The courier collects it the next day.\n3. We refund you within 3 days after it arrives.',
  },
  {
    lang: 'en',
    about: /\b(password|log ?in|sign ?in|account)\b/gi,
    text: 'Press **Forgot password** on the sign-in page and we mail you a link. It works for 30 minutes.',
  },
]

/** What the rehearsal model says to `question`. */
export function rehearseFrom(question: string): string {
  const lang = /\p{Script=Hangul}/u.test(question) ? 'ko' : 'en'
  const best = HANDBOOK.filter((passage) => passage.lang === lang)
    .map((passage) => ({ passage, hits: question.match(passage.about)?.length ?? 0 }))
    .filter(({ hits }) => hits > 0)
    .toSorted((one, other) => other.hits - one.hits)[0]
  if (!best) return `[리허설] ${question}`
  const { text } = best.passage
  return text.includes('\n') ? `[리허설]\n\n${text}` : `[리허설] ${text}`
}
