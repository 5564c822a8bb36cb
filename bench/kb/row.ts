// What the search bench is recorded as. It is no row of `npm run bench`: its questions are kept outside the repository.
import type { Row } from '../harness/row.ts'

export const KNOWLEDGE: Pick<Row, 'name' | 'title'> = { name: 'kb', title: 'Knowledge search and import' }
