// The hours of a desk in words: when the customer may expect somebody, in their own time and in the desk's.
import type { Both, Lang } from '../core/error.ts'
import { parseOpeningHours } from '../core/opening-hours.ts'
import type { Settings } from '../core/settings.ts'
import { parseTargets, sayLength } from '../core/targets.ts'
import { josa } from '../text/particles.ts'
import { holidayOn } from './holidays.ts'
import {
  addBusinessTime,
  dateIn,
  inDaytime,
  isSameTime,
  morningAfter,
  nextOpening,
  sayMoment,
  whyClosed,
  zoneName,
} from './hours.ts'
import type { Ticket, Times } from './model.ts'
import { dueOf } from './sla.ts'
import { snoozeLength } from './snooze.ts'
import { type Rules, zoneOf } from './timers.ts'

const OWN_DAY: Both = { ko: '휴무일', en: 'a day off' }

export type DeskSettings = Pick<Settings, 'hours' | 'timezone' | 'holidays' | 'closed' | 'sla' | 'autoclose'>

export function rulesFrom({ hours, timezone, holidays, closed, sla, autoclose }: DeskSettings): Rules {
  const days = new Set(closed?.split(', ') ?? [])
  return {
    calendar: {
      zone: timezone,
      week: hours === null ? null : parseOpeningHours(hours),
      closedOn: (date) =>
        days.has(date) || days.has(date.slice(5)) ? OWN_DAY : (holidayOn(date, holidays)?.name ?? null),
    },
    targets: sla === null ? {} : (parseTargets(sla) ?? {}),
    staleDays: autoclose === 'off' ? null : Number(autoclose),
  }
}

export function createTimes(rulesOf: (workspace: string) => Rules): Times {
  return {
    expected(ticket, now) {
      const rules = rulesOf(ticket.workspace)
      return rules.calendar.week === null ? null : expectedOf(ticket, now, rules)
    },
    isDaytime: (ticket, now) => inDaytime(now, zoneOf(ticket, rulesOf(ticket.workspace))) <= now,
    staleDays: ({ workspace }) => rulesOf(workspace).staleDays,
    due(ticket, what = 'breach') {
      const { first, resolve } = dueOf(ticket, rulesOf(ticket.workspace))
      return { first: first[what], resolve: resolve[what] }
    },
    say: (workspace, at, now) => sayMoment(at, now, rulesOf(workspace).calendar.zone),
    snoozeUntil(workspace, typed, now) {
      const length = snoozeLength(typed)
      if (length === null) return null
      const { calendar } = rulesOf(workspace)
      const at =
        length.minutes === null
          ? morningAfter(now, length.days, calendar.zone)
          : new Date(now.getTime() + length.minutes * 60_000)
      // Nobody is woken while nobody is there.
      return nextOpening(calendar, at) ?? at
    },
  }
}

function expectedOf(ticket: Ticket, now: Date, rules: Rules): Both {
  const { calendar, targets } = rules
  const back = nextOpening(calendar, now)
  if (back === null)
    return {
      ko: '지금은 담당자가 자리를 비웠어요. 돌아오는 대로 답해 드려요.',
      en: 'Our team is away at the moment and will reply when they are back.',
    }
  if (back <= now) {
    const first = targets[ticket.priority]?.first ?? null
    if (first === null)
      return {
        ko: '지금은 상담 시간이라 담당자가 곧 답해 드려요.',
        en: 'Our team is here now and will reply soon.',
      }
    const due = addBusinessTime(calendar, now, first)
    // Shortly before they leave, it is the next day that counts.
    if (due && due.getTime() - now.getTime() > first * 60_000) {
      const by = inBothZones(due, now, ticket, rules)
      return { ko: `보통 ${by.ko}까지 답해 드려요.`, en: `Our team usually replies by ${by.en}.` }
    }
    const length = sayLength(first)
    return {
      ko: `지금은 상담 시간이라 보통 ${length.ko} 안에 답해 드려요.`,
      en: `Our team is here now and usually replies within ${length.en}.`,
    }
  }
  const why = whyClosed(calendar, now)
  const when = inBothZones(back, now, ticket, rules)
  if (why === 'break')
    return {
      ko: `지금은 쉬는 시간이라 담당자가 ${when.ko}부터 답해 드려요.`,
      en: `Our team is on a break and will reply from ${when.en}.`,
    }
  if (why === 'day')
    return {
      ko: `지금은 상담 시간이 아니라서 담당자가 ${when.ko}부터 답해 드려요.`,
      en: `Our team is out of the office now and will reply from ${when.en}.`,
    }
  const { ko, en } = why.holiday
  // Seen from the desk: where the customer lives it may be another day.
  const today = dateIn(calendar.zone, now) === dateIn(zoneOf(ticket, rules), now) ? '오늘은 ' : '한국은 지금 '
  return {
    ko: `${calendar.zone === 'Asia/Seoul' ? today : '오늘은 '}${ko}${josa(ko.replace(/\)$/, ''), '이라/라')} 상담을 쉬어요. 담당자가 ${when.ko}부터 답해 드려요.`,
    en: `Our team is off today (${en}) and will reply from ${when.en}.`,
  }
}

/** The customer's own time first; the desk's too where clocks differ. On Discord their client knows what their clock says. */
function inBothZones(at: Date, now: Date, ticket: Ticket, rules: Rules): Both {
  const desk = rules.calendar.zone
  const own = zoneOf(ticket, rules)
  const inDesk = { moment: sayMoment(at, now, desk), zone: zoneName(desk) }
  if (ticket.place.platform === 'discord') {
    const token = `<t:${Math.floor(at.getTime() / 1_000)}:f>`
    return {
      ko: `${token}(${inDesk.zone.ko}으로는 ${inDesk.moment.ko})`,
      en: `${token} (${inDesk.zone.en}: ${inDesk.moment.en})`,
    }
  }
  if (isSameTime(own, desk, at)) {
    const { moment, zone } = inDesk
    return { ko: `${moment.ko}(${zone.ko})`, en: `${moment.en} (${zone.en})` }
  }
  const say = (lang: Lang): string => {
    const [mine, theirs] = [sayMoment(at, now, own)[lang], inDesk.moment[lang]]
    return `${mine}(${zoneName(own)[lang]}, ${inDesk.zone[lang]}${lang === 'ko' ? '으로는' : ':'} ${theirs})`
  }
  return { ko: say('ko'), en: say('en').replace('(', ' (').replace('  (', ' (') }
}
