// What to do with files sent along: pictures go to a model that can see, text files are read, and for the rest the
// person is told. Never answer as if the attachment were not there.
import { isBotError, type Lang } from '../src/core/error.ts'
import type { Attachment } from '../src/core/inbound.ts'
import type { Context } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { Picture } from '../src/llm/model.ts'
import { normalizeText } from '../src/text/normalize.ts'

const MAX_PICTURES = 4
const MAX_PICTURE_BYTES = 8 * 1024 * 1024
const MAX_TEXT_BYTES = 64 * 1024

export interface Seen {
  pictures: Picture[]
  /** Contents of text files, for the model. */
  texts: string[]
  /** What could not be read, as told to the person. */
  apologies: string[]
}

export async function readAttachments(
  context: Context,
  attachments: Attachment[],
  sees: () => Promise<boolean>,
  lang: Lang,
): Promise<Seen> {
  const seen: Seen = { pictures: [], texts: [], apologies: [] }
  const say = words(lang)
  const apologise = (sentence: string): void => {
    if (!seen.apologies.includes(sentence)) seen.apologies.push(sentence)
  }
  for (const file of attachments) {
    if (file.mime.startsWith('audio/') || file.mime.startsWith('video/')) apologise(say.noSound)
    else if (file.mime.startsWith('image/')) {
      const canSee = await sees()
      const picture = canSee && seen.pictures.length < MAX_PICTURES ? await readPicture(context, file) : null
      if (picture) seen.pictures.push(picture)
      else apologise(canSee ? say.badPicture : say.noVision)
    } else if (isText(file)) {
      const bytes = await load(context, file, MAX_TEXT_BYTES)
      if (bytes) seen.texts.push(`File "${file.name}":\n${decode(bytes)}`)
      else apologise(say.noFile)
    } else apologise(say.noFile)
  }
  return seen
}

async function readPicture(context: Context, file: Attachment): Promise<Picture | null> {
  const bytes = await load(context, file, MAX_PICTURE_BYTES)
  const mime = bytes && pictureType(bytes)
  return mime ? { mime, base64: Buffer.from(bytes).toString('base64') } : null
}

/** Null when the file is refused (host, size) or cannot be had now: the person is told either way. */
async function load(context: Context, file: Attachment, maxBytes: number): Promise<Uint8Array | null> {
  if (file.bytes > maxBytes) return null
  try {
    return await context.post.outbound.fetch(context.turn.place, file, maxBytes)
  } catch (error) {
    if (!isBotError(error)) throw error
    context.log.warn({ code: error.code, hint: error.hint }, 'attachment not read')
    return null
  }
}

function isText(file: Attachment): boolean {
  return (
    /^text\/|^application\/(?:json|xml|x-yaml|yaml)/.test(file.mime) ||
    /\.(?:txt|md|log|csv|json|ya?ml)$/i.test(file.name)
  )
}

/** Spreadsheets and notepads in Korea still write CP949, which is no valid UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return normalizeText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return normalizeText(new TextDecoder('euc-kr').decode(bytes))
  }
}

/** By its first bytes: the name and the declared type are the sender's word. */
function pictureType(bytes: Uint8Array): string | null {
  const starts = (...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  const isWebp =
    starts(0x52, 0x49, 0x46, 0x46) && Buffer.from(bytes.slice(8, 12)).toString('latin1') === 'WEBP'
  return isWebp ? 'image/webp' : null
}
