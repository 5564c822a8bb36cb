// Pictures on Slack: in the message itself, with words for those who cannot see them, and never at the words' expense.
import { afterEach, expect, test } from 'vitest'
import { closeAll, createPost, korean, openOutbound, placeOf, startFake, writeOptions } from './rig.ts'

afterEach(closeAll)

const PNG = Buffer.from('iVBORw0KGgo=', 'base64')
const CHARTS = korean('지난주 질문 12개', {
  pictures: [
    { name: 'a.png', alt: '하루 질문 수: 월 5, 화 7', bytes: PNG },
    { name: 'b.png', alt: '답변 시간: 3초', bytes: Buffer.concat([PNG, PNG]) },
  ],
})

async function posted(options: Parameters<typeof startFake>[0], fault?: { method: string; error: string }) {
  const slack = await startFake(options)
  slack.channel('C1', { name: '상담' })
  if (fault) slack.failNext(fault.method, { error: fault.error, times: 9 })
  const writer = openOutbound(slack).write(createPost(placeOf('C1', null)), writeOptions())
  await writer.finish(CHARTS)
  return { slack, seen: slack.timeline('C1').filter(({ isBot }) => isBot) }
}

test('words and pictures are one message, and every picture says what it shows', async () => {
  const { slack, seen } = await posted({})
  expect(seen).toHaveLength(1)
  expect(seen[0]?.text).toBe('지난주 질문 12개\n하루 질문 수: 월 5, 화 7\n답변 시간: 3초')
  const images = seen[0]?.blocks.filter(({ type }) => type === 'image') ?? []
  expect(images).toHaveLength(2)
  const asked = slack.calls.filter(({ method }) => method === 'files.getUploadURLExternal')
  expect(asked.map(({ args }) => args)).toMatchObject([
    { filename: 'a.png', length: '8', alt_txt: '하루 질문 수: 월 5, 화 7' },
    { filename: 'b.png', length: '16' },
  ])
})

test.each([
  ['the right to upload is missing', { scopes: ['chat:write'] }, undefined],
  ['the upload cannot be completed', {}, { method: 'files.completeUploadExternal', error: 'not_allowed' }],
])('when %s, the words are posted alone', async (_, options, fault) => {
  const { seen } = await posted(options, fault)
  expect(seen.map(({ text }) => text)).toEqual(['지난주 질문 12개'])
})

test('a file that is no picture is shown by its address, which the post shares, and stays when the words change', async () => {
  const slack = await startFake()
  slack.channel('C1', { name: '상담' })
  const pdf = {
    name: '영수증 <1>|a.pdf',
    alt: '영수증',
    mime: 'application/pdf',
    bytes: Buffer.from('%PDF-1.7'),
  }
  const outbound = openOutbound(slack)
  const post = createPost(placeOf('C1', null))
  const { id } = await outbound.write(post, writeOptions()).finish(korean('여기 있어요', { pictures: [pdf] }))
  const seen = slack.message(id)!
  expect(JSON.stringify(seen.blocks)).toMatch(/\/files\/U0DAMSO\/F\w+\|영수증 &lt;1&gt;¦a\.pdf>/)
  expect(seen.unfurl).toEqual({ links: true, media: true })
  const again = outbound.write({ ...post, state: 'final', id }, writeOptions())
  await again.finish(korean('고쳤어요', { pictures: [pdf] }))
  expect(slack.message(id)!.text).toContain('고쳤어요')
  expect(JSON.stringify(slack.message(id)!.blocks)).toContain('/files/U0DAMSO/')
})
