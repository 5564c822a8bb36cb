// Vectors that look like any, and are the same for whoever makes them.

/** Between -1 and 1, the same for the same pair. */
export function valueAt(passage: number, at: number): number {
  let bits = Math.imul(passage + 1, 0x9e37_79b1) ^ Math.imul(at + 1, 0x85eb_ca6b)
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b_3c6d)
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a_2d39)
  return (bits ^ (bits >>> 15)) / 0x8000_0000
}
