// Reports over what is kept, with the search's own idea of which questions ask for the same.
import type { Config } from './config.ts'
import { clusterQuestions } from './knowledge/cluster.ts'
import { createReports, type Reports } from './report/index.ts'
import type { Database } from './store/db.ts'

export function createReporting(
  config: Pick<Config, 'TIME_ZONE' | 'GPU_COST_PER_HOUR'>,
  db: Database,
): Reports {
  return createReports({
    db,
    zone: config.TIME_ZONE,
    price: config.GPU_COST_PER_HOUR ?? null,
    cluster: (questions) => clusterQuestions(questions),
  })
}
