import { expect, test } from 'vitest'
import { checkHolidays } from '../../../src/cli/checks/hours.ts'
import type { Config } from '../../../src/config.ts'
import { SILENT } from '../../../src/log.ts'
import { realClock } from '../../../src/real-clock.ts'

const at = (moment: string) =>
  checkHolidays({ TIME_ZONE: 'Asia/Seoul' } as Config, {
    ...{ out: () => undefined, err: () => undefined, locale: 'ko', log: SILENT },
    clock: { ...realClock, now: () => Date.parse(moment) },
  })

test('the next twelve are listed, with the lunar and substitute ones', async () => {
  const [listed, ...more] = await at('2026-09-24T23:00+09:00')
  expect(listed!.says.ko).toMatch(/2026-09-24 추석 전날, 2026-09-25 추석, .*2026-10-05 대체공휴일\(개천절\)/)
  expect(listed!.says.en).toContain('2027-02-07 Seollal (Lunar New Year)')
  expect(listed!.says.ko.match(/\d{4}-\d\d-\d\d/g)).toHaveLength(12)
  expect(more).toEqual([])
})

test('where fewer are known, that is said with what to do', async () => {
  const [, end] = await at('2027-11-01T10:00+09:00')
  expect(end).toMatchObject({ mark: 'warn' })
  expect(end!.says.en).toContain('end of 2027')
})
