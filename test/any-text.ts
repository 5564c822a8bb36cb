// Any text at all, for properties: every code point but halves of surrogate pairs.
import fc from 'fast-check'

const [FIRST_HALF, LAST_HALF] = [0xd800, 0xdfff]

/** As fc.string with the unit `binary`, which takes a second of processor time and 100 MB for a table of all code points. */
export function anyText(options: { maxLength?: number } = {}): fc.Arbitrary<string> {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: FIRST_HALF - 1 }),
    fc.integer({ min: LAST_HALF + 1, max: 0x10ffff }),
  )
  return fc.array(codePoint, options).map((points) => String.fromCodePoint(...points))
}
