// Days and hours in a zone, as Intl knows them: summer time, leap years and what governments decide are its business.

export interface LocalTime {
  /** YYYY-MM-DD */
  date: string
  /** 0 to 23 */
  hour: number
  isMonday: boolean
}

/** `zone`: an IANA name, e.g. Asia/Seoul. */
export function localTimes(zone: string): (at: Date) => LocalTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', weekday: 'short' },
    hourCycle: 'h23',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return {
      date: `${parts['year']}-${parts['month']}-${parts['day']}`,
      hour: Number(parts['hour']),
      isMonday: parts['weekday'] === 'Mon',
    }
  }
}

/** Zones and their changes are whole quarters of an hour. */
const QUARTER_MS = 15 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** When the day of `at` began. */
export function startOfDay(zone: string, at: Date): Date {
  const timeOf = localTimes(zone)
  const { date } = timeOf(at)
  let start = Math.floor(+at / QUARTER_MS) * QUARTER_MS
  while (timeOf(new Date(start - QUARTER_MS)).date === date) start -= QUARTER_MS
  return new Date(start)
}

/** The seven days before the day of `at`. */
export function weekBefore(zone: string, at: Date): { from: Date; to: Date } {
  const to = startOfDay(zone, at)
  // Around noon, so that a day of 23 or 25 hours does not lead into another.
  return { from: startOfDay(zone, new Date(+to - 6.5 * DAY_MS)), to }
}

/** Every day of the period, YYYY-MM-DD. */
export function datesIn(zone: string, from: Date, to: Date): string[] {
  const timeOf = localTimes(zone)
  const dates = new Set<string>()
  for (let at = +from; at < +to; at += DAY_MS / 4) dates.add(timeOf(new Date(at)).date)
  dates.add(timeOf(new Date(+to - 1)).date)
  return [...dates]
}
