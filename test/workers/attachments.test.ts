// Files that people send along: what the model gets to see, and what the person is told otherwise.
import { expect, test } from 'vitest'
import type { Attachment } from '../../src/core/inbound.ts'
import { words } from '../../src/core/wording.ts'
import { readAttachments } from '../../workers/attachments.ts'
import { contextOf } from './context.ts'

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d)
const GIF = Buffer.from('GIF89a')
/** "안녕" in CP949. */
const CP949 = Uint8Array.of(0xbe, 0xc8, 0xb3, 0xe7)

const fileOf = (fields: Partial<Attachment>): Attachment => ({
  id: 'F1',
  name: 'a',
  mime: 'image/png',
  bytes: 5,
  url: '',
  ...fields,
})

const read = (bytes: Uint8Array, canSee: boolean, ...files: Attachment[]) =>
  readAttachments(contextOf({ fetch: async () => bytes }), files, async () => canSee, 'ko')

test('a model that sees gets the picture', async () => {
  const seen = await read(PNG, true, fileOf({}))
  expect(seen).toMatchObject({ pictures: [{ mime: 'image/png' }], apologies: [] })
})

test('a model that does not see says that it cannot look at pictures', async () => {
  expect((await read(PNG, false, fileOf({}))).apologies).toEqual([words('ko').noVision])
})

test.each([
  ['of another kind', GIF, [fileOf({ mime: 'image/gif' })]],
  ['that is too large', PNG, [fileOf({ bytes: 9 * 1024 * 1024 })]],
  ['too many', PNG, Array.from({ length: 5 }, (_, at) => fileOf({ id: `F${at}` }))],
])('a model that sees does not claim to be blind for a picture %s', async (_, bytes, files) => {
  expect((await read(bytes, true, ...files)).apologies).toEqual([words('ko').badPicture])
})

test('a text file is read, in UTF-8 and as Korean Windows writes it', async () => {
  const file = fileOf({ name: '주문.csv', mime: 'text/csv' })
  expect((await read(Buffer.from('안녕'), false, file)).texts[0]).toContain('안녕')
  expect((await read(CP949, false, file)).texts[0]).toContain('안녕')
})
