// Times of day: 오후 3시 반, 15:30, 3:30 p.m., 정오, midnight. Without morning or afternoon a time has two readings.
import { KO_HALF, NATIVE, readNumeral, SINO } from './numerals.ts'
import { type Finder, type Found, pad2 } from './value.ts'

const HALF = '(?:오전|오후|아침|점심|낮|저녁|밤|새벽|정오|AM|PM|am|pm)'
const KO_HOUR = `(?:(?<!\\d)\\d{1,2}|${NATIVE}\\s?)`
// After 시 a time goes on or ends; 시간, 시작, 시스템 and the like are words of their own.
const AFTER_HOUR =
  '(?=$|[^가-힣]|에|까지|부터|반|이[^스]|를|가|은|는|정각|로|의|와|쯤|경|께|전|후|만|도\\s|면|입|예|였|인|라|랑|나|처|마)'
const TO = '\\s?(?:~|-|–|—|to)\\s?'
const EN_HALF = '(?:[ap]\\.?m\\b\\.?|AM|PM|A\\.M\\.|P\\.M\\.)'
const ZONE = '(?:\\s?\\(?(?<zone>KST|UTC|GMT|JST|PST|PDT|EST|EDT|CET)\\)?)?'
const PM_HALVES = new Set(['오후', '점심', '저녁', 'pm'])

export const TIMES: readonly Finder[] = [
  {
    kind: 'time',
    pattern: new RegExp(
      `(?:(?<half>${HALF})\\s?)?(?:(?<low>\\d{1,2})시?${TO})?(?<hour>${KO_HOUR})시${AFTER_HOUR}` +
        `(?:\\s?(?<half30>${KO_HALF})|\\s?(?<min>\\d{1,2}|${SINO.replace('(?<![가-힣])', '')})\\s?분(?!기))?(?:\\s?정각)?`,
      'g',
    ),
    read: readKorean,
  },
  {
    kind: 'time',
    pattern: new RegExp(
      `(?<![\\d:])(?:(?<half>${HALF})\\s?)?(?<hour>[01]?\\d|2[0-4]):(?<min>[0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?:\\s?(?<late>${EN_HALF}))?${ZONE}`,
      'g',
    ),
    read: ({ groups }) =>
      withZone(
        writeTime(Number(groups.hour), Number(groups.min), groups.half ?? groups.late, groups.hour),
        groups.zone,
      ),
  },
  {
    kind: 'time',
    pattern:
      /\b(?:half past|(?:an? )?quarter (?<side>past|after|to)) (?<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?:\s?(?<late>[ap]\.?m\b\.?))?/gi,
    read: ({ groups }) => {
      const hour = readNumeral(groups.hour!)![0]
      const side = groups.side?.toLowerCase()
      if (side === 'to') return writeTime(hour === 1 ? 12 : hour - 1, 45, groups.late)
      return writeTime(hour, side ? 15 : 30, groups.late)
    },
  },
  {
    kind: 'time',
    pattern: new RegExp(
      `(?<![\\d:.,])(?:(?<low>1[0-2]|0?[1-9])${TO}|(?<=\\bbetween )(?<from>1[0-2]|[1-9]) and )?(?<hour>1[0-2]|0?[1-9])\\s?(?<late>${EN_HALF})${ZONE}`,
      'g',
    ),
    read: ({ groups }) => {
      const high = writeTime(Number(groups.hour), 0, groups.late)
      const from = groups.low ?? groups.from
      if (!from) return withZone(high, groups.zone)
      // "10 to 5 pm" begins in the morning.
      const isSame = Number(from) % 12 < Number(groups.hour) % 12 || Number(groups.hour) === 12
      const low = isSame ? groups.late : /p/i.test(groups.late!) ? 'am' : 'pm'
      return `${writeTime(Number(from), 0, low)}..${high}`
    },
  },
  {
    kind: 'time',
    pattern:
      /\b(?<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?o['’]clock\b/gi,
    read: ({ groups }) => writeTime(readNumeral(groups.hour!)![0], 0, undefined),
  },
  // "Call me at four." may be a number too: "it stays at 10."
  {
    kind: 'time',
    pattern:
      /(?<=\bat )(?<hour>1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=(?:\s(?:in the |this |yesterday |tomorrow |today )?(?<part>morning|afternoon|evening|last night|tonight|night))?(?:\s(?:on|today|tomorrow|yesterday)\b|[.,!?;]?(?:\s|$)))(?!\s(?:a|am|a\.m|p|pm|p\.m|percent|per cent|%|or|and|to|of|[a-z]+s)\b)/gi,
    read: ({ groups }) => {
      const hour = readNumeral(groups.hour!)![0]
      const half = groups.part === undefined ? undefined : /morning/i.test(groups.part) ? 'am' : 'pm'
      return `${writeTime(hour, 0, half)}|${hour}`
    },
  },
  {
    kind: 'time',
    pattern: /(?<![가-힣])(?:낮\s)?정오(?![가-힣]{3})|\b(?:12 )?noon\b|\bmidday\b/gi,
    read: () => '12:00',
  },
  { kind: 'time', pattern: /(?<![가-힣])자정(?![가-힣]{3})|\b(?:12 )?midnight\b/gi, read: () => '00:00' },
]

function readKorean({ groups }: Found): string | null {
  const hour = readNumeral(groups.hour ?? '')
  const minutes = groups.half30 ? 30 : groups.min ? readNumeral(groups.min)?.[0] : 0
  if (!hour || minutes === undefined || minutes > 59 || hour[0] > 24) return null
  // 한두 시, 두세 시: a range said in one word.
  if (hour[0] !== hour[1])
    return `${writeTime(hour[0], 0, groups.half)}..${writeTime(hour[1], 0, groups.half)}`
  const time = writeTime(hour[0], minutes, groups.half, groups.hour)
  if (!groups.low) return time
  const low = Number(groups.low)
  const lowTime =
    low > hour[0] && groups.half === '오전' ? writeTime(low, 0, '오전') : writeTime(low, 0, groups.half)
  // "오전 9~6시": the end is in the afternoon.
  const highTime = low > hour[0] && groups.half === '오전' ? writeTime(hour[0], minutes, '오후') : time
  return lowTime
    .split('|')
    .flatMap((from) => highTime.split('|').map((to) => `${from}..${to}`))
    .join('|')
}

function writeTime(hour: number, minutes: number, half: string | undefined, written = ''): string {
  const write = (at: number) => `${pad2(at % 24)}:${pad2(minutes)}`
  const name = half?.toLowerCase().replaceAll('.', '')
  if (hour > 12 || (hour === 0 && !name) || written.startsWith('0')) return write(hour)
  if (name === undefined || name === '정오')
    return hour === 12 ? `${write(12)}|${write(0)}` : `${write(hour)}|${write(hour + 12)}`
  if (name === '밤') return write(hour === 12 ? 0 : hour < 5 ? hour : hour + 12)
  if (name === '낮') return write(hour === 12 || hour > 9 ? hour : hour + 12)
  if (name === '점심' && hour > 9) return write(hour)
  if (PM_HALVES.has(name)) return write(hour === 12 ? 12 : hour + 12)
  return write(hour === 12 ? 0 : hour)
}

function withZone(time: string, zone: string | undefined): string {
  return zone
    ? time
        .split('|')
        .map((reading) => `${reading} ${zone}`)
        .join('|')
    : time
}
