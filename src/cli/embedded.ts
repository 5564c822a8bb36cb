// Where the embedded database's files are (src/store/db.ts), for those who must not create it by looking.
import { join } from 'node:path'

export function embeddedFolder(dataDir: string): string {
  return join(dataDir, 'pglite')
}
