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
