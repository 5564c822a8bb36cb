// The process in which files are parsed, apart from the bot and without its environment: a file made to exhaust or
// hijack a parser ends this process only. Started by reader.ts, which kills it when it takes too long or too much.

import type { Lang } from '../../core/error.ts'
import { detectLanguage } from '../../text/language.ts'
import { chunkMarkdown } from '../chunk.ts'
import type { ProblemCode, ReadPassages } from '../model.ts'
import { ReadFailure } from './failure.ts'
import type { ReadLimits } from './limits.ts'
import { type ReadRequest, readDocument } from './read.ts'

export interface Task {
  id: number
  request: Omit<ReadRequest, 'bytes'> & { bytes: Uint8Array }
  limits: ReadLimits
}

export type Result =
  | { id: number; read: ReadPassages }
  | { id: number; code: ProblemCode; detail: string; reason: string }

process.on('message', (task: Task) => {
  void run(task).then((result) => process.send?.(result))
})
// The parent is gone.
process.on('disconnect', () => process.exit(0))

async function run({ id, request, limits }: Task): Promise<Result> {
  try {
    return { id, read: await read({ ...request, bytes: toBuffer(request.bytes) }, limits) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof ReadFailure) return { id, code: error.code, detail: error.detail, reason }
    return { id, code: 'damaged', detail: '', reason }
  }
}

async function read(request: ReadRequest, limits: ReadLimits): Promise<ReadPassages> {
  const { title, markdown, links, expiresAt, url } = await readDocument(request, limits)
  const passages = chunkMarkdown(markdown)
  if (passages.length === 0) throw new ReadFailure('empty')
  return {
    ...{ title, passages, lang: langOf(markdown) },
    ...{ links: links ?? [], expiresAt: expiresAt ?? null, url: url ?? null },
  }
}

/** Korean pages are full of English words: a fifth of their letters is enough. */
function langOf(markdown: string): Lang | null {
  const sample = markdown.slice(0, 5_000)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  const hangul = sample.match(/[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]/g)?.length ?? 0
  if (hangul > letters / 5) return 'ko'
  return detectLanguage(sample) === 'en' ? 'en' : null
}

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}
