// Vectors as they are kept: one byte for each dimension, a quarter of what floats take. Cosines change in the third
// decimal.

const MAX = 127

/** The direction alone: the largest value becomes 127. */
export function toBase64(vector: Float32Array): string {
  const top = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const bytes = Int8Array.from(vector, (value) => Math.round((value / top) * MAX))
  return Buffer.from(bytes.buffer).toString('base64')
}

export function fromBase64(text: string): Int8Array {
  const bytes = Buffer.from(text, 'base64')
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
