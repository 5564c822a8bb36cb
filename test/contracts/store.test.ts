// The store's contract on the embedded database. PostgreSQL runs it in store-postgres.test.ts.
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { openStore } from '../../src/store/store.ts'
import { storeContract } from './store.contract.ts'

storeContract('PGlite', () =>
  openStore({
    url: null,
    dataDir: null,
    log: SILENT,
    clock: realClock,
    rateScale: 1,
    limits: { perPerson: 5, perWorkspace: 500 },
  }),
)
