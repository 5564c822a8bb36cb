// The knowledge base on the embedded database and on a real PostgreSQL.
import { afterAll } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { openDatabase } from '../../src/store/db.ts'
import { type Database, withServer } from '../servers.ts'
import { furnishedDatabase, furnishedInMemory } from '../templates.ts'
import { documentsContract } from './documents.contract.ts'

documentsContract('PGlite', furnishedInMemory)

withServer('postgres')('PostgreSQL', () => {
  let database: Database
  afterAll(() => database[Symbol.asyncDispose]())
  documentsContract('PostgreSQL', async () => {
    database = await furnishedDatabase()
    return openDatabase({ url: database.url, dataDir: null, log: SILENT })
  })
})
