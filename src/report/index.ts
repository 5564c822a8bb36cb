// Reports on what was asked and answered, for the command line and for the staff channel.
import type { Database } from '../store/db.ts'
import type { Period, Report } from './model.ts'
import { createReportReader } from './read.ts'
import { createTally, type ShapeOptions } from './shape.ts'

export interface ReportsOptions extends Pick<ShapeOptions, 'zone' | 'price' | 'cluster'> {
  db: Database
}

export interface Reports {
  /** Reads the rows of the period; does not change anything. */
  make(period: Period): Promise<Report>
}

export function createReports({ db, ...options }: ReportsOptions): Reports {
  const reader = createReportReader(db)
  return {
    async make(period) {
      const tally = createTally(await reader.persons(period), await reader.cases(period), {
        ...options,
        period,
      })
      for await (const row of reader.answers(period)) tally.add(row)
      return tally.finish(await reader.documents(period.workspace, period.to, tally.documents))
    },
  }
}
