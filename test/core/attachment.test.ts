// A file is never read beyond what is allowed, whatever size was claimed for it.
import { expect, test } from 'vitest'
import { readAtMost } from '../../src/core/attachment.ts'

const FILE = { id: 'F1', name: 'a.png', mime: 'image/png', bytes: 1, url: '' }

function streamOf(parts: string[]): { body: ReadableStream<Uint8Array>; isCancelled(): boolean } {
  let isCancelled = false
  const left = parts.map((part) => Buffer.from(part))
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = left.shift()
      if (part) controller.enqueue(part)
      else controller.close()
    },
    cancel() {
      isCancelled = true
    },
  })
  return { body, isCancelled: () => isCancelled }
}

test('all of it when it is small enough', async () => {
  const { body } = streamOf(['안녕', '하세요'])
  expect(Buffer.from(await readAtMost(body, 15, FILE)).toString()).toBe('안녕하세요')
})

test('an endless file is let go at the first byte too many', async () => {
  const { body, isCancelled } = streamOf(Array.from({ length: 100 }, () => 'x'.repeat(10)))
  await expect(readAtMost(body, 25, FILE)).rejects.toMatchObject({
    code: 'attachment-refused',
    retryable: false,
  })
  expect(isCancelled()).toBe(true)
})
