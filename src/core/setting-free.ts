// Settings whose value people write themselves: a channel, names, opening hours. How each is read, kept and said back.
import type { Both } from './error.ts'
import { isEvery, leadOf, readLead, readNames, readPersonRule } from './hand-over-rule.ts'
import { parseClosedDays, parseOpeningHours, sayOpeningHours, writeOpeningHours } from './opening-hours.ts'
import type { SettingName } from './settings.ts'
import { parseTargets, sayTargets, writeTargets } from './targets.ts'
import { readZone } from './zone.ts'

export interface FreeSetting {
  /** What was typed, as it is kept; null sets it back to the default; undefined when it cannot be read. */
  read(typed: string, here: string): string | null | undefined
  /** A kept value as people read it. */
  say(kept: string): Both
  /** When nothing is set. */
  none: Both
  /** Values to type, as shown in the overview. */
  samples(channel: string): readonly [string, ...string[]]
  /** Offered while typing. */
  offers: readonly { value: string; label: Both }[]
}

const MAX_CHARS = 2_000

const asTyped = (kept: string): Both => ({ ko: `\`${kept}\``, en: `\`${kept}\`` })
const same = (text: string): Both => ({ ko: text, en: text })
const UNSET: Both = { ko: '정하지 않음', en: 'none' }
const NONE = ['none', 'off', '없음', '끔', '끄기']
const NONE_OFFER = { value: 'none', label: { ko: '없음', en: 'none' } }

const isOneOf = (typed: string, words: readonly string[]): boolean =>
  words.includes(typed.toLowerCase().replace(/\s+/g, ''))

function readUnlessNone(
  typed: string,
  read: (typed: string) => string | undefined,
): string | null | undefined {
  if (isOneOf(typed, NONE)) return null
  const kept = read(typed)
  return kept === undefined || kept.length > MAX_CHARS ? undefined : kept
}

export const FREE_SETTINGS: Partial<Readonly<Record<SettingName, FreeSetting>>> = {
  staffChannel: {
    read(typed, here) {
      if (isOneOf(typed, NONE)) return null
      if (isOneOf(typed, ['here', '여기', '이채널'])) return here
      // Channel ids: Slack's begin with C or G, Discord's are 17 to 20 digits; both platforms write a link as <#id>.
      return /^(?:<#)?([CG][A-Z0-9]{6,}|\d{17,20})(?:\|[^>]*)?>?$/.exec(typed.trim())?.[1]
    },
    say: asTyped,
    none: UNSET,
    samples: (channel) => ['here', 'none', `#${channel}`],
    offers: [{ value: 'here', label: { ko: '이 채널', en: 'this channel' } }, NONE_OFFER],
  },
  collections: {
    // What collections there are is not known here.
    read(typed) {
      if (isOneOf(typed, ['all', '모두', '전부'])) return null
      const names = typed
        .split(/[,，]/)
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .join(', ')
      return names === '' || names.length > 400 ? undefined : names
    },
    say: asTyped,
    none: { ko: '모두', en: 'all' },
    samples: () => ['all', 'FAQ, 반품'],
    offers: [{ value: 'all', label: { ko: '모두', en: 'all' } }],
  },
  staffGroup: {
    // Slack writes a group as <!subteam^S123|@name>, Discord a role as <@&123>; both have ids of their own.
    read: (typed) =>
      readUnlessNone(typed, (text) => {
        const [, group] =
          /^(?:<!subteam\^|<@&)?(S[A-Z0-9]{6,}|\d{17,20})(?:\|[^>]*)?>?$/.exec(text.trim()) ?? []
        return group
      }),
    say: asTyped,
    none: UNSET,
    samples: () => ['S0123ABCD', '@role', 'none'],
    offers: [NONE_OFFER],
  },
  solvedTag: {
    read(typed) {
      if (isOneOf(typed, ['auto', 'automatic', '자동'])) return null
      const name = typed.trim()
      return name === '' || name.length > 50 ? undefined : name
    },
    say: asTyped,
    none: { ko: '자동 (해결됨, Solved …)', en: 'automatic (Solved, 해결됨 …)' },
    samples: () => ['auto', '해결됨'],
    offers: [{ value: 'auto', label: { ko: '자동', en: 'automatic' } }],
  },
  staffName: {
    read(typed) {
      if (isOneOf(typed, ['person', 'own', 'none', 'off', '본인', '각자', '없음', '끔'])) return null
      const name = typed.trim().replace(/\s+/g, ' ')
      return name === '' || name.length > 80 ? undefined : name
    },
    say: asTyped,
    none: { ko: '각자의 이름', en: 'each person’s own' },
    samples: () => ['person', '하늘상점 고객센터'],
    offers: [{ value: 'person', label: { ko: '각자의 이름', en: 'each person’s own' } }],
  },
  hours: {
    read: (typed) =>
      readUnlessNone(typed, (text) => {
        const week = parseOpeningHours(text)
        return week === null ? undefined : writeOpeningHours(week)
      }),
    say: (kept) => sayOpeningHours(parseOpeningHours(kept) ?? []),
    none: UNSET,
    samples: () => ['평일 9-12, 13-18', 'weekdays 9am-6pm, sat 10-14', 'none'],
    offers: [
      {
        value: 'mon-fri 09:00-12:00 13:00-18:00',
        label: { ko: '평일 9–18시, 점심 12–13시', en: 'weekdays 9–18, lunch 12–13' },
      },
      { value: 'mon-fri 09:00-18:00', label: { ko: '평일 9–18시', en: 'weekdays 9–18' } },
      { value: '24/7', label: { ko: '24시간', en: 'around the clock' } },
      NONE_OFFER,
    ],
  },
  timezone: {
    read: readZone,
    say: same,
    none: UNSET,
    samples: () => ['Asia/Seoul', 'America/New_York'],
    offers: ['Asia/Seoul', 'Asia/Tokyo', 'America/New_York', 'America/Los_Angeles', 'Europe/London'].map(
      (value) => ({ value, label: same(value) }),
    ),
  },
  closed: {
    read: (typed) => readUnlessNone(typed, (text) => parseClosedDays(text)?.join(', ')),
    say: same,
    none: { ko: '없음', en: 'none' },
    samples: () => ['2026-12-24, 2027-03-03', '12/30~12/31', 'none'],
    offers: [NONE_OFFER],
  },
  retention: {
    read: (typed) =>
      readUnlessNone(typed, (text) => {
        const days = Number(/^(\d{1,4})\s*(?:d|days?|일)?$/i.exec(text.trim())?.[1])
        return days >= 1 && days <= 3_650 ? String(days) : undefined
      }),
    say: (kept) => ({
      ko: `${kept}일 (설치할 때 정한 기간을 넘지 않아요)`,
      en: `${kept} days (never longer than this installation allows)`,
    }),
    none: { ko: '설치할 때 정한 기간', en: 'as long as this installation keeps them' },
    samples: () => ['30', '90', 'none'],
    offers: [
      ...['30', '90', '180'].map((value) => ({ value, label: { ko: `${value}일`, en: `${value} days` } })),
      NONE_OFFER,
    ],
  },
  sla: {
    read: (typed) =>
      readUnlessNone(typed, (text) => {
        const targets = parseTargets(text)
        return targets === null ? undefined : writeTargets(targets)
      }),
    say: (kept) => sayTargets(parseTargets(kept) ?? {}),
    none: UNSET,
    samples: () => ['긴급 15분/2시간, 보통 1시간/8시간', 'urgent 15m/2h, normal 1h/8h', 'none'],
    offers: [
      {
        value: 'urgent 15m/2h, high 30m/4h, normal 1h/8h, low 4h/24h',
        label: same('15m/2h · 30m/4h · 1h/8h · 4h/24h'),
      },
      NONE_OFFER,
    ],
  },
  person: {
    read: (typed) => readUnlessNone(typed, readPersonRule),
    say: (kept) =>
      isEvery(kept) ? { ko: '모든 질문을 담당자에게', en: 'every question goes to a person' } : asTyped(kept),
    none: { ko: '없음', en: 'none' },
    samples: () => ['환불, 고소, lawsuit', 'every', 'none'],
    offers: [
      { value: 'every', label: { ko: '모든 질문을 담당자에게', en: 'every question goes to a person' } },
      NONE_OFFER,
    ],
  },
  topics: {
    read: (typed) => readUnlessNone(typed, readNames),
    say: asTyped,
    none: { ko: '없음', en: 'none' },
    samples: () => ['법률, 환불 분쟁', 'none'],
    offers: [NONE_OFFER],
  },
  lead: {
    read: (typed, me) => readUnlessNone(typed, (text) => readLead(text, me)),
    say: (kept) => same(leadOf({ lead: kept })?.name ?? kept),
    none: UNSET,
    samples: () => ['me', 'none'],
    offers: [{ value: 'me', label: { ko: '나', en: 'me' } }, NONE_OFFER],
  },
}
