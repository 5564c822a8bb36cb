// Every row of the bench, in the order they run and are shown.
import type { Row } from '../harness/row.ts'
import { acknowledgement } from './acknowledgement.ts'
import { backlog } from './backlog.ts'
import { firstWord } from './first-word.ts'
import { meaning } from './meaning.ts'
import { memory } from './memory.ts'
import { modelUse } from './model-use.ts'
import { realLimits } from './real-limits.ts'
import { soak } from './soak.ts'
import { embeddedRow, throughput, twoWorkersRow } from './throughput.ts'
import { wholeAnswer } from './whole-answer.ts'

export const ROWS: readonly Row[] = [
  firstWord,
  wholeAnswer,
  acknowledgement,
  realLimits,
  memory,
  meaning,
  throughput,
  embeddedRow,
  twoWorkersRow,
  modelUse,
  backlog,
  soak,
]
