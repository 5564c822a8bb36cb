// Reports on the embedded database, and on a real PostgreSQL where there is one.
import { afterAll } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { openDatabase } from '../../src/store/db.ts'
import { type Database, postgresDatabase, withServer } from '../servers.ts'
import { furnishedInMemory } from '../templates.ts'
import { reportContract } from './report.contract.ts'

reportContract('PGlite', furnishedInMemory)

withServer('postgres')('PostgreSQL', () => {
  let database: Database
  afterAll(() => database[Symbol.asyncDispose]())
  reportContract('PostgreSQL', async () => {
    database = await postgresDatabase()
    return openDatabase({ url: database.url, dataDir: null, log: SILENT })
  })
})
