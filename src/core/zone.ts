// Time zones as people type them: by their IANA name, or by a place that many of our customers live in.

/** Each by words without spaces, lower case. */
const PLACES: readonly (readonly [zone: string, ...words: string[]])[] = [
  ['Asia/Seoul', 'korea', 'seoul', 'kst', '한국', '대한민국', '서울'],
  ['Asia/Tokyo', 'japan', 'tokyo', 'jst', '일본', '도쿄'],
  ['Asia/Shanghai', 'china', 'shanghai', 'beijing', '중국', '상하이', '베이징'],
  ['Asia/Taipei', 'taiwan', 'taipei', '대만', '타이베이'],
  ['Asia/Ho_Chi_Minh', 'vietnam', 'hanoi', '베트남', '하노이', '호찌민', '호치민'],
  ['Asia/Bangkok', 'thailand', 'bangkok', '태국', '방콕'],
  ['Asia/Singapore', 'singapore', '싱가포르'],
  ['Australia/Sydney', 'sydney', '시드니'],
  ['Europe/London', 'uk', 'london', '영국', '런던'],
  ['Europe/Paris', 'france', 'paris', '프랑스', '파리'],
  ['Europe/Berlin', 'germany', 'berlin', '독일', '베를린'],
  ['America/New_York', 'newyork', 'nyc', 'eastern', '뉴욕', '미국동부'],
  ['America/Chicago', 'chicago', 'central', '시카고', '미국중부'],
  ['America/Los_Angeles', 'losangeles', 'la', 'pacific', 'seattle', '로스앤젤레스', '시애틀', '미국서부'],
]

/** Its IANA name; undefined for none. */
export function readZone(typed: string): string | undefined {
  const text = typed.trim()
  const word = text.toLowerCase().replace(/\s+/g, '')
  const place = PLACES.find(([, ...words]) =>
    words.some((one) => one === word || (/[가-힣]$/.test(one) && word.replace(/으?로$/, '') === one)),
  )
  if (place) return place[0]
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/.test(text)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** Back to what the platform says, or to the desk's. */
export function isNoZone(typed: string): boolean {
  return ['auto', 'automatic', 'none', 'off', 'default', '자동', '없음', '끔', '기본'].includes(
    typed
      .trim()
      .toLowerCase()
      .replace(/으?로$/, ''),
  )
}

/** "my zone Asia/Tokyo", "내 시간대 도쿄": what stands behind it, '' for nothing; null for anything else. */
export function readMyZone(text: string): string | null {
  return MY_ZONE.exec(text.trim())?.[1]?.trim() ?? null
}

const MY_ZONE =
  /^(?:my\s+(?:time\s?zone|zone)|내\s*시간대(?:는|를)?)(?:\s+(?:to|as))?\s*[:：]?(?=\s|$)\s*(.*)$/iu
