// Reads a request body: JSON, or multipart with `payload_json` and `files[n]`.
// Source: discord-api-docs reference.mdx "Uploading Files" (request limit 25 MiB, facts B4).
import type { IncomingMessage } from 'node:http'
import type { Call, Json } from '../model.ts'

const MAX_BYTES = 25 * 1024 * 1024

export interface ReadBody {
  body: Json | null
  files: Call['files']
  tooLarge: boolean
}

export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size <= MAX_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BYTES) return { body: null, files: [], tooLarge: true }
  const bytes = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data'))
    return { ...(await readMultipart(bytes, type)), tooLarge: false }
  return { body: bytes.length === 0 ? null : parseJson(bytes.toString('utf8')), files: [], tooLarge: false }
}

async function readMultipart(bytes: Buffer, type: string): Promise<Omit<ReadBody, 'tooLarge'>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const files: Call['files'] = []
  let body: Json | null = null
  for (const [name, value] of form) {
    if (name === 'payload_json') body = parseJson(String(value))
    else if (typeof value !== 'string')
      files.push({
        name: value.name,
        contentType: value.type,
        bytes: new Uint8Array(await value.arrayBuffer()),
      })
  }
  return { body, files }
}

function parseJson(text: string): Json | null {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
