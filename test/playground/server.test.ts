import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, type PlaygroundServer } from './server.ts'
import { type OpenStage, openStage } from './stage.ts'

let stage: OpenStage
let server: PlaygroundServer

// The app itself is not needed here, so it is not started.
beforeAll(async () => {
  stage = await openStage({ detect: false })
  server = await openServer(stage, 4200)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

const act = async (body: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(`${server.url}/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}
const as = (platform: string, person: string, deed: object) => act({ platform, as: person, act: deed })

test('a busy port moves to the next', async () => {
  const port = Number(new URL(server.url).port)
  const second = await openServer(stage, port)
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port)
  await second[Symbol.asyncDispose]()
})

test('the page is served, and nothing beside it', async () => {
  expect(await (await fetch(server.url)).text()).toContain('Damso')
  for (const path of ['/../server.ts', '/%2e%2e/server.ts', '/server.ts', '/missing.js', '/file/9']) {
    expect((await fetch(server.url + path)).status, path).toBe(404)
  }
})

test('another site cannot make people speak: only JSON is taken', async () => {
  const body = JSON.stringify({ control: 'kill' })
  const response = await fetch(`${server.url}/act`, { method: 'POST', body })
  expect(response.status).toBe(415)
})

test('what a person says is there for all to see, with the file they attached', async () => {
  const files = [{ name: 'receipt.png', mime: 'image/png', base64: Buffer.from('png').toString('base64') }]
  const said = await as('slack', 'minji', { do: 'say', room: 'C0HELP', text: '안녕하세요', files })
  expect(said).toMatchObject({ ok: true })
  expect(stage.world.slack.timeline('C0HELP').map(({ text }) => text)).toContain('안녕하세요')
  const file = await fetch(`${server.url}/file/1`)
  expect(file.headers.get('content-type')).toBe('image/png')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
})

test('what the platform refuses is told in one line', async () => {
  const deed = { do: 'command', room: 'C0SHARED', name: 'damso', text: 'help' }
  const refused = await as('slack', 'junho', deed)
  expect(refused).toMatchObject({ ok: false })
  expect(refused['error']).toMatch(/^Slack: external members are not offered commands/)
  expect(await as('slack', 'nobody', deed)).toMatchObject({
    ok: false,
    error: 'There is nobody called nobody.',
  })
  expect(await act({ nonsense: true })).toMatchObject({ ok: false })
})

test('a page that joins hears of everything there is', async () => {
  await as('discord', 'dave', {
    do: 'post',
    room: forumOf(stage),
    title: 'Where is it?',
    text: 'My order',
    tags: [],
  })
  const response = await fetch(`${server.url}/events`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  while (!heard.includes('Where is it?') || !heard.includes('event: meta'))
    heard += (await reader.read()).value
  expect(heard).toMatch(/^event: hello/)
  await reader.cancel()
})

function forumOf({ cast }: OpenStage): string {
  return cast.rooms.discord.find(({ kind }) => kind === 'forum')!.id
}
