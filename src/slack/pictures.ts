// Pictures and files of a post: uploaded first, to be seen by nobody, then shown by the post itself, so that words and
// files are one message that is sent once: pictures by image blocks, other files by their address, which Slack shares with
// the channel when the bot that owns the file posts it there (slackapi/bolt-python#1018). Without the right to upload, or while Slack is slow, the words go alone.
import { type Clock, delay } from '../core/clock.ts'
import type { Content, Picture } from '../core/content.ts'
import { isBotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import type { Caller } from './caller.ts'
import { dictOf, textOf } from './wire.ts'

export interface PictureDeps {
  caller: Caller
  clock: Clock
  log: Logger
  workspace: string
  signal: AbortSignal
}

/** An upload is ready some time after it is complete (node-slack-sdk#2170); before that a block with it is invalid. */
const LOOKS_MS = [100, 300, 700, 1_500, 3_000]
/** What an image block takes. */
const SHOWN = /^image\/(?:png|jpe?g|gif)$/
const UPLOAD_TIMEOUT_MS = 20_000

/** Of a post with pictures; others pass through. */
export function withPictures(
  driver: MessageDriver,
  forwarded: MessageDriver,
  deps: PictureDeps,
): MessageDriver {
  return {
    ...forwarded,
    async close(content) {
      if (!content.pictures?.length) return driver.close(content)
      const words: Content = { ...content, pictures: [] }
      const uploaded = await uploadAll(content.pictures, deps)
      if (uploaded === null) return driver.close(words)
      try {
        return await driver.close({ ...content, pictures: uploaded })
      } catch (error) {
        if (!isBotError(error) || error.retryable) throw error
        return driver.close(words)
      }
    },
  }
}

/** Null when one of them could not be uploaded. */
async function uploadAll(pictures: readonly Picture[], deps: PictureDeps): Promise<Picture[] | null> {
  const uploaded: Picture[] = []
  for (const picture of pictures) {
    const made = await upload(picture, deps)
    if (made === null) return null
    uploaded.push({ ...picture, ...made })
  }
  return uploaded
}

// docs.slack.dev reference/methods/files.getUploadURLExternal, files.completeUploadExternal: without a channel the file
// stays private to the app.
async function upload(
  { name, alt, bytes, mime = 'image/png' }: Picture,
  deps: PictureDeps,
): Promise<Pick<Picture, 'id' | 'link'> | null> {
  const { caller, clock, log, workspace, signal } = deps
  const options = { isRepeatable: true, signal }
  const isPicture = SHOWN.test(mime)
  const asked = { filename: name, length: bytes.length, ...(isPicture ? { alt_txt: alt } : {}) }
  const begun = await caller.insist(workspace, 'files.getUploadURLExternal', asked, options)
  if (begun.outcome !== 'ok') {
    log.warn({ code: begun.outcome === 'refused' ? begun.code : begun.outcome }, 'a picture was not uploaded')
    return null
  }
  const id = String(begun.value['file_id'])
  if (!(await put(String(begun.value['upload_url']), bytes))) return null
  const files = [{ id, title: name }]
  const done = await caller.insist(workspace, 'files.completeUploadExternal', { files }, options)
  if (done.outcome !== 'ok') return null
  for (const pause of LOOKS_MS) {
    const found = await caller.insist(workspace, 'files.info', { file: id }, options)
    const file = found.outcome === 'ok' ? dictOf(found.value['file']) : {}
    if (isPicture && file['mimetype']) return { id }
    if (!isPicture && textOf(file['permalink']) !== '') return { link: textOf(file['permalink']) }
    await delay(clock, pause, signal)
  }
  return null
}

async function put(url: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const body = new Uint8Array(bytes)
    const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS)
    return (await fetch(url, { method: 'POST', body, redirect: 'error', signal })).ok
  } catch {
    // The words go without it.
    return false
  }
}
