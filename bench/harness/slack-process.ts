// The fake Slack in a process of its own: makes the questions, and notes when which words of the answers came to be seen.
import { type FakeSlack, startFakeSlack } from '../../test/fakes/slack/index.ts'
import { answerText, questionText } from './answers.ts'
import { serve, wallMs } from './child.ts'
import { createWitness, type Outcome, type Witness } from './witness.ts'

export interface SlackOptions {
  limits: 'real' | 'off'
}

export interface SlackFacts {
  apiUrl: string
  botToken: string
  signingSecret: string
}

export interface AskOptions {
  /** A letter; the question's number is put behind it. */
  series: string
  first: number
  count: number
  channels: number
  /** Length of the answer that the model will give. */
  tokens: number
  /** In the DM of a person each, without a mention. */
  isDirect?: boolean
  /** A follow-up in this thread, without a mention. */
  thread?: { channel: string; ts: string }
  /** How many people ask in turn, and the number of the first. */
  people?: number
  firstPerson?: number
  /** Nothing is delivered: whoever asks for this commits the questions itself. */
  isUndelivered?: boolean
}

export interface Question {
  key: string
  channel: string
  ts: string
  person: string
  /** The bodies that Slack would deliver, for the load to send: `message` and, with a mention, `app_mention`. */
  events: string[]
}

/**
 * A prime, so that a person comes back to the same channel only after people × channels questions: what one person
 * writes there within seconds would be one question.
 */
const PEOPLE = 61

let slack: FakeSlack
let witness: Witness

function ask(options: AskOptions, index: number): Question {
  const key = `${options.series}${String(options.first + index).padStart(5, '0')}`
  const { people = PEOPLE, firstPerson = 0 } = options
  const nth = options.thread ? 0 : options.isDirect ? index : (options.first + index) % people
  const person = slack.user(`U${firstPerson + nth}`)
  const channel =
    options.thread?.channel ??
    (options.isDirect ? slack.dm(person) : slack.channel(`C${(options.first + index) % options.channels}`))
  const text =
    options.isDirect || options.thread ? questionText(key) : `${slack.mention} ${questionText(key)}`
  const before = slack.deliveries.length
  const ts = person.say(channel, text, {
    deliver: options.isUndelivered ? { drop: true } : { hold: true },
    ...(options.thread ? { threadTs: options.thread.ts } : {}),
  })
  const events = slack.deliveries.slice(before).map((delivery) => JSON.stringify(delivery.payload))
  witness.expect({ key, channel, ts, root: options.thread?.ts ?? ts, text: answerText(key, options.tokens) })
  return { key, channel, ts, person: person.id, events }
}

const operations = {
  async start({ limits }: SlackOptions): Promise<SlackFacts> {
    slack = await startFakeSlack({
      mode: 'http',
      rateLimits: limits,
      now: wallMs,
      keepCalls: 1_000_000,
      keepDeliveries: 1_000_000,
    })
    witness = createWitness(slack)
    const known = new Set<string>()
    const make = slack.channel
    // The fake makes a channel anew each time it is named.
    slack.channel = (id, profile) => {
      if (known.has(id)) return id
      known.add(id)
      return make(id, profile)
    }
    return { apiUrl: slack.apiUrl, botToken: slack.botToken, signingSecret: slack.signingSecret }
  },
  /** From now on the app hears of its own messages too, as it does from Slack. */
  connect: ({ url }: { url: string }) => slack.connectHttp(url),
  ask: (options: AskOptions): Question[] =>
    Array.from({ length: options.count }, (_, index) => ask(options, index)),
  progress: () => witness.progress(),
  outcomes: (): Outcome[] => witness.outcomes(),
  /** Of those that have an answer: of many questions only a part may have been reached. */
  answered: (): Outcome[] => witness.outcomes((one) => one.doneAt !== undefined),
  calls: () => witness.calls(),
  /** Presses Slack's own Stop button; the time it was pressed. */
  stop({ user, ts }: { user: string; ts: string }): number {
    slack.user(user).stop(ts)
    return wallMs()
  },
  canStop: ({ channel, ts }: { channel: string; ts: string }): boolean =>
    slack.session(channel, ts)?.status === 'processing' &&
    slack.thread(channel, ts).some((message) => message.isBot && message.text.trim() !== ''),
}

export type SlackOperations = typeof operations
serve(operations)
