// Uploads of the app's own files: an address, the bytes, and the completion; then image blocks may show them.
import { dictsArg, isDict, requiredArg, stringArg } from '../arguments.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { Dict } from '../shapes.ts'
import type { World } from '../world.ts'
import type { Methods } from './context.ts'

/** node-slack-sdk#2170: the type of a file is known only some time after its upload is complete. */
const PROCESSING_MS = 150

/** docs.slack.dev reference/methods/files.getUploadURLExternal: name and length first; the alt text is for screen readers. */
function getUploadUrl(args: Dict, { world }: Platform): Dict {
  const name = requiredArg(args, 'filename', 'missing_argument')
  const length = Number(requiredArg(args, 'length', 'missing_argument'))
  if (!(length > 0)) throw new Refusal('invalid_arguments')
  const id = world.nextId('F')
  const alt = stringArg(args, 'alt_txt')
  world.uploads.set(id, { name, length, bytes: null, ...(alt === undefined ? {} : { alt }) })
  return { upload_url: `${world.baseUrl}/upload/v1/${id}`, file_id: id }
}

/** The bytes, posted to that address. Returns the HTTP status. */
export function takeUpload(world: World, id: string, bytes: Buffer): number {
  const upload = world.uploads.get(id)
  if (!upload) return 404
  // Our assumption: what is longer or shorter than announced is refused.
  if (bytes.length !== upload.length) return 400
  upload.bytes = bytes
  return 200
}

/** docs.slack.dev reference/methods/files.completeUploadExternal: without a channel the file is private. */
function completeUpload(args: Dict, { world }: Platform): Dict {
  const files = dictsArg(args, 'files') ?? []
  if (files.length === 0) throw new Refusal('invalid_arguments')
  const done = files.map((file) => {
    const id = String(file['id'])
    const upload = world.uploads.get(id)
    if (!upload?.bytes) throw new Refusal('file_not_found')
    world.files.set(id, {
      ...{ id, name: upload.name, mimetype: '', bytes: upload.bytes, user: world.botUserId },
      ...{ created: Math.floor(world.now() / 1000), readyAt: world.now() + PROCESSING_MS },
    })
    return { id, title: String(file['title'] ?? upload.name) }
  })
  return { files: done }
}

/** What has become of files that were being processed. */
export function processFiles(world: World): void {
  for (const file of world.files.values())
    if (file.mimetype === '' && (file.readyAt ?? 0) <= world.now()) file.mimetype = 'image/png'
}

/** java-slack-sdk#1335: before a file is processed, and for one that is not there, a block with it is invalid. */
export function checkFiles(world: World, blocks: readonly Dict[] | undefined): void {
  processFiles(world)
  for (const [at, block] of (blocks ?? []).entries()) {
    if (block['type'] !== 'image') continue
    const message = `[json-pointer:/blocks/${at}/slack_file]`
    const file = isDict(block['slack_file']) ? world.files.get(String(block['slack_file']['id'])) : undefined
    const hasUrl = typeof block['image_url'] === 'string'
    if (!block['alt_text'] || (!hasUrl && !file?.mimetype.startsWith('image/')))
      throw new Refusal('invalid_blocks', { errors: [`invalid slack file ${message}`] })
  }
}

// docs.slack.dev: both methods need files:write.
export const uploadMethods: Methods = {
  'files.getUploadURLExternal': { run: getUploadUrl, scopes: ['files:write'] },
  'files.completeUploadExternal': { run: completeUpload, scopes: ['files:write'] },
}
