// SVG to PNG, in a process of its own that ends with the last picture: the bot keeps neither the renderer nor its fonts.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PROCESS = fileURLToPath(new URL('./picture-process.ts', import.meta.url))
const TIMEOUT_MS = 30_000
const MAX_BYTES = 8 * 1024 * 1024

/** In the same order. Throws when a picture cannot be drawn. */
export async function drawPictures(svgs: readonly string[]): Promise<Buffer[]> {
  const out = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [PROCESS],
      { timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, env: {} },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    )
    child.stdin?.on('error', reject)
    child.stdin?.end(JSON.stringify(svgs))
  })
  return (JSON.parse(out) as string[]).map((picture) => Buffer.from(picture, 'base64'))
}
