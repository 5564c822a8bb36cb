// The connection to the model outlives the answer. The SDK stops reading at "[DONE]", before the response has ended, and
// what is left unread closes the connection: the next question would wait for a new one, and for TLS.

/** The rest of a response is an empty chunk that is on its way; a server that keeps it longer loses its connection. */
const REST_MS = 1_000

/** `fetch` whose event streams are read to their end when the reader has seen enough; an aborted one ends at once. */
export const fetchAndFinish: typeof fetch = async (input, init) => {
  const own = new AbortController()
  const asked = init?.signal
  const abort = (): void => own.abort(asked?.reason)
  if (asked?.aborted) abort()
  asked?.addEventListener('abort', abort)
  const response = await fetch(input, { ...init, signal: own.signal })
  const { body } = response
  if (!body || !response.headers.get('content-type')?.includes('text/event-stream')) return response
  const getReader = (): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel' | 'releaseLock'> => {
    const reader = body.getReader()
    let isFinishing = false
    const cancel = async (): Promise<void> => {
      if (asked?.aborted) return
      isFinishing = true
      // The answer is whole: nobody waits for the rest, and the SDK's clearing up after itself does not stop it.
      asked?.removeEventListener('abort', abort)
      void finish(reader, own)
    }
    const releaseLock = (): void => {
      if (!isFinishing) reader.releaseLock()
    }
    return { read: () => reader.read(), cancel, releaseLock }
  }
  // A stream around the stream would cost each token more than the connection is worth.
  Object.defineProperty(response, 'body', { value: { getReader } })
  return response
}

async function finish(reader: ReadableStreamDefaultReader<Uint8Array>, own: AbortController): Promise<void> {
  const late = setTimeout(() => own.abort(), REST_MS)
  try {
    while (!(await reader.read()).done);
  } catch {
    // It was cut, or is late: nothing is left to read.
  } finally {
    clearTimeout(late)
  }
}
