// The memory that a process really uses: its heap after a full collection, asked for through Node's inspector. Resident
// memory says little here, since V8 keeps what it may need again.
import { WebSocket } from 'ws'

/** MB. `inspector` is the ws:// address that `--inspect` prints. */
export async function liveHeapMb(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector)
  const open = new Map<number, PromiseWithResolvers<Record<string, unknown>>>()
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown> }
    if (id !== undefined) open.get(id)?.resolve(result ?? {})
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const ask = (id: number, method: string): Promise<Record<string, unknown>> => {
    const waiting = Promise.withResolvers<Record<string, unknown>>()
    open.set(id, waiting)
    socket.send(JSON.stringify({ id, method }))
    return waiting.promise
  }
  // What the first collection finalises, the second takes away.
  await ask(1, 'HeapProfiler.collectGarbage')
  await ask(2, 'HeapProfiler.collectGarbage')
  const usage = await ask(3, 'Runtime.getHeapUsage')
  socket.close()
  return (Number(usage['usedSize']) + Number(usage['backingStorageSize'] ?? 0)) / 1024 / 1024
}
