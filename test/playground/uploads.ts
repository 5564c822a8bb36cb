// What people attached, kept to be shown on the page: the platforms' own links need the bot's token.
import type { ViewFile } from './view.ts'

export interface Upload {
  name: string
  mime: string
  bytes: Buffer
}

export interface Uploads {
  add(files: readonly { name: string; mime: string; base64: string }[]): {
    uploads: Upload[]
    shown: ViewFile[]
  }
  get(key: string): Upload | undefined
}

/** Shown inside the page; anything else is a download. */
export const SAFE_MIMES: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'audio/wav',
  'audio/mpeg',
  'audio/ogg',
]

export function createUploads(): Uploads {
  const kept = new Map<string, Upload>()
  return {
    add(files) {
      const uploads = files.map(({ name, mime, base64 }) => ({
        name,
        mime,
        bytes: Buffer.from(base64, 'base64'),
      }))
      const shown = uploads.map((upload) => {
        const key = String(kept.size + 1)
        kept.set(key, upload)
        return { name: upload.name, mime: upload.mime, url: `/file/${key}` }
      })
      return { uploads, shown }
    },
    get: (key) => kept.get(key),
  }
}
