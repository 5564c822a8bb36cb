// Pictures on Discord: attached to the message when it is made, each with its words.
import { afterEach, expect, test } from 'vitest'
// Whoever fetches web pages in the same process loads another undici, which then answers for all: Discord's must not care.
import 'undici'
import { closeAll, createPost, korean, openOutbound, placeOf, startFake, writeOptions } from './rig.ts'

afterEach(closeAll)

const CHARTS = korean('지난주 질문 12개', {
  pictures: [
    { name: 'a.png', alt: '하루 질문 수: 월 5, 화 7', bytes: Buffer.from('iVBORw0KGgo=', 'base64') },
  ],
})

async function rig() {
  const discord = await startFake()
  const channel = discord.channel('상담')
  const place = placeOf(channel, null, `discord:${discord.guild('G1').id}`)
  return { discord, place, seen: () => discord.messages('상담') }
}

test('words and pictures are one message; a second attempt leaves it as it is', async () => {
  const { discord, place, seen } = await rig()
  const post = createPost(place)
  const options = writeOptions()
  const { id } = await openOutbound(discord).write(post, options).finish(CHARTS)
  await openOutbound(discord)
    .write({ ...post, id, state: 'open' }, writeOptions({ attempt: 2 }))
    .finish(CHARTS)
  expect(seen()).toHaveLength(1)
  expect(seen()[0]).toMatchObject({ content: '지난주 질문 12개' })
  expect(seen()[0]?.attachments).toMatchObject([{ name: 'a.png', size: 8 }])
  expect(discord.calls[0]?.body).toMatchObject({
    attachments: [{ filename: 'a.png', description: '하루 질문 수: 월 5, 화 7' }],
  })
})

test('where nothing may be attached, the words are posted alone', async () => {
  const { discord, place, seen } = await rig()
  discord.failNext('POST /channels/:channel/messages', {
    status: 403,
    body: { code: 50013, message: 'Missing Permissions' },
  })
  await openOutbound(discord).write(createPost(place), writeOptions()).finish(CHARTS)
  expect(seen().map(({ content, attachments }) => [content, attachments])).toEqual([['지난주 질문 12개', []]])
})
