// A response_url on its own port: keeps what it is sent, and can be over or broken.
import { onTestFinished } from 'vitest'
import { answerText, closeServer, listen, readBody } from '../fakes/http.ts'

export interface FakeResponseUrl {
  url: string
  bodies: Record<string, unknown>[]
  /** All answers from now on have this HTTP status. */
  fail(status: number): void
}

export async function startFakeResponseUrl(): Promise<FakeResponseUrl> {
  const bodies: Record<string, unknown>[] = []
  let status = 200
  const { server, port } = await listen(async (request, response) => {
    bodies.push(JSON.parse((await readBody(request)).toString('utf8')) as Record<string, unknown>)
    answerText(response, status, status === 200 ? 'ok' : 'expired_url')
  })
  onTestFinished(() => closeServer(server))
  return {
    url: `http://127.0.0.1:${port}/`,
    bodies,
    fail(code) {
      status = code
    },
  }
}
