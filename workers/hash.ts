// A short fingerprint of a text, to see later whether what is shown is what was recorded.
import { createHash } from 'node:crypto'

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
