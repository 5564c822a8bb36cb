// Files of a message that is handed on go with its copy, where the other side can show them; each is named in any case,
// so that one that is lost on the way is known of. Leaves reading files for the model to attachments.ts.
import type { Picture } from '../../src/core/content.ts'
import { isBotError, type Lang } from '../../src/core/error.ts'
import type { Attachment } from '../../src/core/inbound.ts'
import type { Context } from '../../src/core/turn.ts'
import { plain } from '../card.ts'
import type { DeskDeps } from './desk.ts'

/** Of one copy: below Discord's 10 MiB a message. */
const MAX_BYTES = 8 * 1024 * 1024
const MAX_FILES = 5

export interface HandedOn {
  pictures: Picture[]
  /** A line per file, and the way to where they are, unless all of them come along. */
  lines: string[]
}

export async function filesOf(
  context: Context,
  { linkTo }: Pick<DeskDeps, 'linkTo'>,
  lang: Lang,
): Promise<HandedOn> {
  const { turn } = context
  const files = turn.messages.flatMap(({ attachments }) => attachments)
  if (files.length === 0) return { pictures: [], lines: [] }
  const pictures = await fetchAll(context, files)
  const names = files.map(({ name, bytes }) => `📎 ${plain(name)} (${sizeOf(bytes, lang)})`)
  const source = turn.messages.find(({ attachments }) => attachments.length > 0)?.source ?? null
  const link = pictures.length < files.length ? linkTo(turn.place, source) : null
  return { pictures, lines: [...names, ...(link ? [link] : [])] }
}

async function fetchAll(context: Context, files: readonly Attachment[]): Promise<Picture[]> {
  const fetched: Picture[] = []
  let left = MAX_BYTES
  for (const file of files.slice(0, MAX_FILES)) {
    const bytes = await load(context, file, left)
    if (bytes === null || bytes.byteLength === 0) continue
    left -= bytes.byteLength
    fetched.push({ name: file.name, alt: file.name, bytes, mime: file.mime })
  }
  return fetched
}

/** Null when it may not or cannot be had: the words go without it. */
async function load(
  { turn, post, log }: Context,
  file: Attachment,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (file.bytes > maxBytes) return null
  try {
    return await post.outbound.fetch(turn.place, file, maxBytes)
  } catch (error) {
    if (!isBotError(error)) throw error
    log.info({ code: error.code, hint: error.hint }, 'a file was not handed on')
    return null
  }
}

function sizeOf(bytes: number, lang: Lang): string {
  const kb = Math.max(1, Math.round(bytes / 1024))
  return kb < 1_024 ? `${kb.toLocaleString(lang)} KB` : `${Math.round(kb / 102.4) / 10} MB`
}
