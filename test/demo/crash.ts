// The hard step: the app dies in the middle of two answers and is started again. Afterwards each question has exactly
// one complete answer, and nothing is left half written.
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeenMessage } from '../fakes/discord/index.ts'
import type { VisibleMessage } from '../fakes/slack/index.ts'
import { isComplete, isCompleteOnDiscord, PLACE } from './steps.ts'
import type { World } from './world.ts'

const QUESTION = '@Damso 환불은 어떻게 받나요?'
/** Some words of the answer are out, more are to come. */
const TOKENS_BEFORE = 8

export interface Crash {
  /** Characters that were visible when the app died. */
  fragment: { slack: number; discord: number }
  /** From the kill to the complete answers. */
  answeredMs: number
  visible: { slack: number; discord: number }
}

export async function crashInTheMiddle(world: World): Promise<Crash> {
  const { slack, discord, rehearsal, app } = world
  const held = rehearsal.holdAfter(TOKENS_BEFORE)
  const ts = slack.user('U0MINJI').say(PLACE.slack, QUESTION)
  const { id } = discord.user('민지').say(PLACE.discord, QUESTION.replace('@Damso', discord.botMention))
  const onSlack = () => slack.thread(PLACE.slack, ts).filter((one) => one.isBot)
  const onDiscord = () => discord.messages(id).filter((one) => one.authorId === discord.botId)
  await held
  await slack.until(() => onSlack().some((one) => one.text.trim() !== ''), { what: 'first words in Slack' })
  await discord.until(() => onDiscord().some((one) => one.content.trim() !== ''), {
    what: 'first words in Discord',
  })
  const fragment = { slack: onSlack()[0]?.text.length ?? 0, discord: onDiscord()[0]?.content.length ?? 0 }
  if (onSlack().some(isComplete) || onDiscord().some(isCompleteOnDiscord)) {
    throw new Error('an answer was complete before the app could be killed')
  }
  await app.kill()
  rehearsal.resume()

  const killed = performance.now()
  // It goes on with its answers before it is connected again: Discord lets nobody in twice within five seconds.
  const started = app.start()
  // Starting included: seconds when idle, on a busy machine many.
  const timeoutMs = 60_000
  const answers = Promise.all([
    slack.until(() => onSlack().some(isComplete), { timeoutMs, what: 'the complete answer in Slack' }),
    discord.until(() => onDiscord().some(isCompleteOnDiscord), {
      timeoutMs,
      what: 'the complete answer in Discord',
    }),
  ])
  // An app that does not start will not answer either.
  await Promise.race([answers, started.then(() => answers)])
  const answered = performance.now()
  await quiet(world)
  return {
    fragment,
    answeredMs: answered - killed,
    visible: { slack: countSlack(onSlack()), discord: countDiscord(onDiscord()) },
  }
}

/** A second answer would follow closely: looks until nothing has changed for a moment. */
async function quiet({ slack, discord }: World): Promise<void> {
  let changed = true
  const offs = [slack, discord].map((fake) => fake.onChange(() => (changed = true)))
  for (let looks = 0; changed && looks < 20; looks += 1) {
    changed = false
    await sleep(250)
  }
  for (const off of offs) off()
}

function countSlack(messages: readonly VisibleMessage[]): number {
  const open = messages.filter((one) => !isComplete(one))
  if (open.length > 0) throw new Error(`something in Slack is left unfinished: ${open[0]?.text}`)
  return whole(messages.map((one) => one.text))
}

function countDiscord(messages: readonly SeenMessage[]): number {
  const open = messages.filter((one) => !isCompleteOnDiscord(one))
  if (open.length > 0) throw new Error(`something in Discord is left unfinished: ${open[0]?.content}`)
  return whole(messages.map((one) => one.content))
}

/** The passage is there from its first word to its last, once. */
function whole(texts: readonly string[]): number {
  for (const text of texts) {
    const beginnings = text.split('받으신 날부터').length - 1
    if (beginnings !== 1 || !text.includes('환불해 드려요')) {
      throw new Error(`an answer is not complete, or says things twice: ${text}`)
    }
  }
  return texts.length
}
