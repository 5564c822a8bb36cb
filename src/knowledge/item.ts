// What an import takes in, wherever it comes from: a file, a page, an upload.
import type { ImportProblem, ReadPassages } from './model.ts'

export interface Item {
  /** What identifies the document in its collection. */
  source: string
  /** Where a reader can open it. */
  url: string | null
  /** Of the one who runs the import, who stands for its words: where it says that readers can open it is believed. */
  isFile?: boolean
  /** A file name. */
  name: string
  charset?: string | null
  bytes(): Promise<Buffer>
  /** When whoever found it had to read it anyway. */
  read?: ReadPassages
}

/** Found one by one, so that the first is written before the last is known. */
export type Items = AsyncIterable<Item | ImportProblem>

export function isProblem(item: Item | ImportProblem): item is ImportProblem {
  return 'code' in item
}
