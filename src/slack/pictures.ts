// Pictures of a post: uploaded first, to be seen by nobody, then shown by image blocks of the post itself, so that words
// and pictures are one message that is sent once. Without the right to upload, or while Slack is slow, the words go alone.
import { type Clock, delay } from '../core/clock.ts'
import type { Content, Picture } from '../core/content.ts'
import { isBotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import type { Caller } from './caller.ts'
import { dictOf } from './wire.ts'

export interface PictureDeps {
  caller: Caller
  clock: Clock
  log: Logger
  workspace: string
  signal: AbortSignal
}

/** An upload is ready some time after it is complete (node-slack-sdk#2170); before that a block with it is invalid. */
const LOOKS_MS = [100, 300, 700, 1_500, 3_000]
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
    const id = await upload(picture, deps)
    if (id === null) return null
    uploaded.push({ ...picture, id })
  }
  return uploaded
}

// docs.slack.dev reference/methods/files.getUploadURLExternal, files.completeUploadExternal: without a channel the file
// stays private to the app.
async function upload({ name, alt, bytes }: Picture, deps: PictureDeps): Promise<string | null> {
  const { caller, clock, log, workspace, signal } = deps
  const options = { isRepeatable: true, signal }
  const asked = { filename: name, length: bytes.length, alt_txt: alt }
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
    if (found.outcome === 'ok' && dictOf(found.value['file'])['mimetype']) return id
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
