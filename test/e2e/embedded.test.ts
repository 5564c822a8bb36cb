// The default of a bare machine: PGlite, and BullMQ on it.
import { mainJobContract } from './main-job.contract.ts'

mainJobContract('the embedded database', async () => ({}))
