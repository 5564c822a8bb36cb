// The days off that the desk goes by: what is known of Korea's public holidays, so that a wrong one is seen in time.
import type { Config } from '../../config.ts'
import { LAST_YEAR, nextHolidays } from '../../desk/holidays.ts'
import { dateIn } from '../../desk/hours.ts'
import type { Io } from '../io.ts'
import { type Finding, ok, warn } from './finding.ts'

const COUNT = 12

export async function checkHolidays({ TIME_ZONE }: Config, { clock }: Io): Promise<Finding[]> {
  const today = dateIn(TIME_ZONE, new Date(clock.now()))
  const days = nextHolidays(today, 'kr', COUNT)
  const listed = ok({
    en: `Next Korean public holidays: ${days.map(({ date, name }) => `${date} ${name.en}`).join(', ')} (Labour Day by setting: settings holidays kr-labour)`,
    ko: `다음 공휴일: ${days.map(({ date, name }) => `${date} ${name.ko}`).join(', ')} (노동절은 설정으로: 설정 공휴일 노동절)`,
  })
  if (days.length >= COUNT) return [listed]
  const remedy = {
    en: 'Update the package @hyunbinseo/holidays-kr; until then add later ones with: settings closed 2028-01-01',
    ko: '@hyunbinseo/holidays-kr 패키지를 업데이트하세요. 그때까지는 설정 휴무일 2028-01-01처럼 직접 넣을 수 있어요.',
  }
  const end = {
    en: `Public holidays are known up to the end of ${LAST_YEAR}`,
    ko: `${LAST_YEAR}년까지의 공휴일만 알고 있어요`,
  }
  return [listed, warn(end, remedy)]
}
