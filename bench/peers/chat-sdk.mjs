// The same bot on the Chat SDK, with its state in Redis as its documentation recommends for production.
import { createServer } from 'node:http'
import { createSlackAdapter } from '@chat-adapter/slack'
import { createIoRedisState } from '@chat-adapter/state-ioredis'
import { Chat } from 'chat'
import { answer } from './model.mjs'

const bot = new Chat({
  userName: 'damso',
  adapters: {
    slack: createSlackAdapter({
      botToken: process.env.SLACK_BOT_TOKEN,
      signingSecret: process.env.SLACK_SIGNING_SECRET,
      apiUrl: process.env.SLACK_API_URL,
    }),
  },
  state: createIoRedisState({ url: process.env.REDIS_URL }),
  logger: 'error',
})

bot.onNewMention(async (thread, message) => {
  await thread.startTyping('답변을 쓰고 있어요…')
  await thread.post(answer(message.text))
})
await bot.initialize()

const failed = (error) => console.error(error)
const server = createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const incoming = new Request(`http://127.0.0.1${request.url}`, {
    method: 'POST',
    headers: request.headers,
    body: Buffer.concat(parts),
  })
  const answered = await bot.webhooks.slack(incoming, { waitUntil: (work) => void work.catch(failed) })
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  response.end(Buffer.from(await answered.arrayBuffer()))
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('SIGTERM', () => process.exit(0))
