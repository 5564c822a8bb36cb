// Monday at nine, in the deployment's time zone: a turn for each workspace with a staff channel. The row's source names
// the week, so that however many processes look at the clock, and however often they start again, there is one.

import { repeat } from '../workers/sweeper.ts'
import { createWeekly } from '../workers/weekly.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Picture } from './core/content.ts'
import type { Lang } from './core/error.ts'
import type { Logger } from './core/logger.ts'
import type { Handler } from './core/turn.ts'
import { createEnqueue } from './enqueue.ts'
import type { Queue } from './queue/queue.ts'
import { toCharts } from './report/charts.ts'
import { localTimes, weekBefore } from './report/days.ts'
import type { Report } from './report/model.ts'
import { drawPictures } from './report/picture.ts'
import { toWeekly } from './report/weekly.ts'
import { createReporting } from './reporting.ts'
import type { Store } from './store/store.ts'

export interface WeeklyParts {
  config: Pick<Config, 'TIME_ZONE' | 'GPU_COST_PER_HOUR' | 'WEEKLY_REPORT'>
  store: Pick<Store, 'db' | 'inbox' | 'settings'>
  queue: Pick<Queue, 'wake'>
  clock: Clock
  log: Logger
}

export interface Weekly extends AsyncDisposable {
  handler: Handler
  /** Once a minute by itself. Returns how many reports have been ordered. */
  pass(): Promise<number>
}

const HOUR = 9
const EVERY_MS = 60_000

export function openWeekly({ config, store, queue, clock, log }: WeeklyParts): Weekly {
  const zone = config.TIME_ZONE
  const reports = createReporting(config, store.db)
  const enqueue = createEnqueue(store, queue)
  const timeOf = localTimes(zone)
  let ordered = new Set<string>()
  let week = ''
  const pass = async (): Promise<number> => {
    const { date, hour, isMonday } = timeOf(new Date(clock.now()))
    if (config.WEEKLY_REPORT === 'off' || !isMonday || hour < HOUR) return 0
    if (date !== week) ordered = new Set()
    week = date
    let count = 0
    for (const { workspace, channel } of store.settings.staffed()) {
      if (ordered.has(workspace)) continue
      const platform = workspace.startsWith('discord:') ? ('discord' as const) : ('slack' as const)
      const name = `weekly:${date}`
      const place = { platform, workspace, channel, thread: null }
      const task = {
        workspace,
        source: name,
        lane: name,
        kind: 'weekly',
        queue: 'relay',
        place,
        body: {},
      } as const
      // Refused while too much waits there: a minute later it is tried again.
      if (!(await enqueue(task))) continue
      ordered.add(workspace)
      count += 1
    }
    return count
  }
  const draw = async (report: Report, lang: Lang): Promise<Picture[]> => {
    const charts = toCharts(report, lang)
    try {
      const pngs = await drawPictures(charts.map(({ svg }) => svg))
      return charts.map(({ name, alt }, at) => ({
        name: `${name}.png`,
        alt,
        bytes: pngs[at] ?? Buffer.alloc(0),
      }))
    } catch (error) {
      // The words say the same.
      log.warn({ error }, 'the charts could not be drawn')
      return []
    }
  }
  const timer = repeat(clock, EVERY_MS, pass, log, 'weekly')
  return {
    pass,
    handler: createWeekly({
      async write(workspace, at, lang) {
        const report = await reports.make({ ...weekBefore(zone, at), workspace })
        return toWeekly(report, report.questions === 0 ? [] : await draw(report, lang), lang)
      },
    }),
    [Symbol.asyncDispose]: () => timer[Symbol.asyncDispose](),
  }
}
