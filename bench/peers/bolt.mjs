// A plain Bolt app: acknowledges at once, asks the model in the listener and streams with Bolt's own helper. No queue and
// no store, so a restart loses what it had acknowledged.
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { answer } from './model.mjs'

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  endpoints: '/slack/events',
  logLevel: LogLevel.ERROR,
})
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  logLevel: LogLevel.ERROR,
})

app.event('app_mention', async ({ event, sayStream, setStatus }) => {
  await setStatus('답변을 쓰고 있어요…')
  const stream = sayStream()
  for await (const text of answer(event.text)) await stream.append({ markdown_text: text })
  await stream.stop()
})
app.error(async (error) => console.error(error))

const server = await app.start({ port: 0, host: '127.0.0.1' })
process.send({ port: server.address().port })
process.on('SIGTERM', () => process.exit(0))
