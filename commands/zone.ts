// A person's own time zone: when they may be reminded and asked for stars. On Discord nothing else says it.
import type { Command, PlanView } from '../src/core/command.ts'
import type { Decision } from '../src/core/decision.ts'
import { isNoZone, readZone } from '../src/core/zone.ts'

const MAX_OFFERED = 25

export const zone: Command = {
  name: 'zone',
  nameKo: '시간대',
  summary: { ko: '내 시간대를 보거나 정해요', en: 'See or set your own time zone' },
  usage: { ko: '[시간대]', en: '[zone]' },
  options: [
    {
      name: 'name',
      nameKo: '이름',
      summary: { ko: '도쿄, America/New_York, 자동 …', en: 'Tokyo, America/New_York, auto …' },
      type: 'text',
      async complete(prefix) {
        const typed = prefix.trim().toLowerCase()
        const place = readZone(prefix)
        const known = Intl.supportedValuesOf('timeZone').filter((one) => one.toLowerCase().includes(typed))
        return [...new Set([...(place ? [place] : []), ...known])]
          .slice(0, MAX_OFFERED)
          .map((value) => ({ name: value, value }))
      },
    },
  ],
  surfaces: ['slash', 'mention'],
  rest: 'name',
  // "my zone Asia/Tokyo", "설정 내 시간대 도쿄", but not "my time zone is wrong".
  saidAs:
    /^(?:(?:settings|설정)\s+)?(?:set\s+)?(?:my\s+(?:time\s?zone|zone)(?:\s+(?:to|as))?|내\s*시간대(?:는|를)?)\s*[:：]?(?=\s*$|\s+[\p{L}\d/_+-]+\s*$)/iu,
  isTypedWith: (after) => isNoZone(after) || readZone(after) !== undefined,
  plan: ({ options }, view) => planZone(String(options['name'] ?? ''), view),
}

/** '' asks what it is. */
export function planZone(typed: string, { lang }: PlanView): ReturnType<Command['plan']> {
  const found = typed === '' || isNoZone(typed) ? null : readZone(typed)
  if (found === undefined) return unknown(typed, lang)
  return {
    ...{ kind: 'my-zone', queue: 'relay', ack: 'defer-private', text: '' },
    body: { isPrivate: true, lang, ...(typed === '' ? {} : { zone: found }) },
  }
}

function unknown(typed: string, lang: PlanView['lang']): Extract<Decision, { type: 'reply' }> {
  const name = typed.slice(0, 40).toWellFormed()
  const text =
    lang === 'ko'
      ? `‘${name}’ 시간대를 몰라요. \`도쿄\`, \`뉴욕\`이나 \`Europe/London\`처럼 써 주세요.`
      : `I don’t know the time zone “${name}”. Write it like \`Tokyo\`, \`New York\` or \`Europe/London\`.`
  return { type: 'reply', content: { text, lang }, isPrivate: true }
}
