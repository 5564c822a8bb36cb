// Messages of the PostgreSQL protocol: a type, the length of all but the type, a body.

export function* messagesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    yield bytes.subarray(at, end)
    at = end
  }
}

export function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Of a Parse: statement name, NUL, text, NUL, types. */
export function parsedText(parse: Buffer): string {
  const start = parse.indexOf(0, 5) + 1
  return parse.toString('utf8', start, parse.indexOf(0, start))
}
