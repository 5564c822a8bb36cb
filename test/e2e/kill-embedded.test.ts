// The default of a bare machine, killed: PGlite keeps what was committed, and BullMQ's rows with it.
import { killContract } from './kill.contract.ts'

killContract('the embedded database', async () => ({}))
