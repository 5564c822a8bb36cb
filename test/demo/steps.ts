// What the demo does as a person, one function per step, and what it waits to see. A step resolves with its times and
// what was shown; it rejects with a sentence when that does not come.
import type { SeenMessage } from '../fakes/discord/index.ts'
import type { VisibleMessage } from '../fakes/slack/index.ts'
import type { Trace } from './traces.ts'
import type { World } from './world.ts'

export interface Step {
  platform: 'Slack' | 'Discord'
  what: { ko: string; en: string }
  who: string
  text: string
  run(): Promise<Shown>
}

export interface Shown {
  trace: Trace
  answer: string
}

export const PLACE = { slack: 'C0HANEUL', discord: '문의' }

const PATIENCE_MS = 15_000

/** People and channels, before the app connects. */
export function furnish({ slack, discord }: World): void {
  slack.user('U0MINJI', { name: '민지', locale: 'ko-KR' })
  slack.user('U0DAVE', { name: 'Dave', locale: 'en-US' })
  slack.channel(PLACE.slack, { name: '문의', members: ['U0MINJI', 'U0DAVE'] })
  discord.guild('하늘상점')
  discord.channel(PLACE.discord)
  discord.user('민지', { locale: 'ko' })
  discord.user('Dave', { locale: 'en-US' })
}

/** The two platforms side by side; on each of them one step after the other. */
export function runSteps(world: World): { step: Step; shown: Promise<Shown> }[] {
  return [slackSteps(world), discordSteps(world)].flatMap((steps) => {
    let last: Promise<unknown> = Promise.resolve()
    return steps.map((step) => {
      const shown = last.then(() => step.run())
      // Whoever prints them looks at one after the other, and stops at the first that fails.
      shown.catch(() => undefined)
      last = shown
      return { step, shown }
    })
  })
}

const MENTION = { ko: '멘션', en: 'mention' }
const FOLLOW_UP = { ko: '이어서', en: 'follow-up' }
const COMMAND = { ko: '명령어', en: 'command' }

function slackSteps(world: World): Step[] {
  const { slack } = world
  const minji = slack.user('U0MINJI')
  const dave = slack.user('U0DAVE')
  let root = ''
  const say = async (text: string, threadTs?: string): Promise<Shown> => {
    const ts = minji.say(PLACE.slack, text, { threadTs })
    root ||= ts
    const trace = world.traces.sent(`${PLACE.slack}:${ts}`)
    const isAfter = (one: VisibleMessage) => one.isBot && !one.ephemeralTo && one.ts > ts
    return seen(trace, (look) =>
      slackAnswer(world, () => slack.thread(PLACE.slack, root).find(isAfter), look),
    )
  }
  const command = async (text: string): Promise<Shown> => {
    const sentAt = Date.now()
    const before = new Set(slack.timeline(PLACE.slack).map((one) => one.ts))
    const outcome = await dave.command('/damso', text, PLACE.slack)
    if (!outcome.ok) throw new Error(`the command was not acknowledged (${outcome.error ?? outcome.refused})`)
    const trace = world.traces.sent(`cmd:${outcome.triggerId}`, sentAt)
    const isNew = (one: VisibleMessage) => one.isBot && !before.has(one.ts)
    return seen(trace, (look) => slackAnswer(world, () => slack.timeline(PLACE.slack).find(isNew), look))
  }
  const [asked, more, typed] = ['@Damso 배송이 언제 오나요?', '제주도는요?', 'ask How do I return it?']
  return [
    { platform: 'Slack', what: MENTION, who: '민지', text: asked, run: () => say(asked) },
    { platform: 'Slack', what: FOLLOW_UP, who: '민지', text: more, run: () => say(more, root) },
    { platform: 'Slack', what: COMMAND, who: 'Dave', text: `/damso ${typed}`, run: () => command(typed) },
  ]
}

function discordSteps(world: World): Step[] {
  const { discord } = world
  const minji = discord.user('민지')
  const dave = discord.user('Dave')
  let thread = ''
  const say = async (text: string, where: string): Promise<Shown> => {
    const { id } = dave.say(where, text.replace('@Damso', discord.botMention))
    thread ||= id
    const trace = world.traces.sent(id)
    const isAfter = (one: SeenMessage) => one.authorId === discord.botId && BigInt(one.id) > BigInt(id)
    return seen(trace, (look) => discordAnswer(world, () => discord.messages(thread).find(isAfter), look))
  }
  const command = async (question: string): Promise<Shown> => {
    const sentAt = Date.now()
    const interaction = minji.command('질문', { 질문: question }, PLACE.discord)
    const trace = world.traces.sent(interaction.id, sentAt)
    return seen(trace, (look) => discordAnswer(world, () => interaction.answer, look))
  }
  const [asked, more, typed] = [
    '@Damso When will my order arrive?',
    'And to Jeju island?',
    '비밀번호를 잊어버렸어요',
  ]
  return [
    { platform: 'Discord', what: MENTION, who: 'Dave', text: asked, run: () => say(asked, PLACE.discord) },
    { platform: 'Discord', what: FOLLOW_UP, who: 'Dave', text: more, run: () => say(more, thread) },
    { platform: 'Discord', what: COMMAND, who: '민지', text: `/질문 ${typed}`, run: () => command(typed) },
  ]
}

interface Look {
  firstWord(): void
}

async function seen(trace: Trace, watch: (look: Look) => Promise<string>): Promise<Shown> {
  const look: Look = {
    firstWord() {
      trace.firstWordAt ??= Date.now()
    },
  }
  const answer = await watch(look)
  trace.doneAt = Date.now()
  const missing = (['receivedAt', 'savedAt', 'queuedAt', 'firstWordAt'] as const).filter(
    (stage) => trace[stage] === undefined,
  )
  if (missing.length > 0) throw new Error(`the answer is there, but not the times: ${missing.join(', ')}`)
  return { trace, answer }
}

/** Resolves with the text once the answer is complete: nothing streams, and its buttons are there. */
async function slackAnswer(
  { slack }: World,
  find: () => VisibleMessage | undefined,
  look: Look,
): Promise<string> {
  const done = await slack.until(
    () => {
      const found = find()
      if (found && found.text.trim() !== '') look.firstWord()
      return found && isComplete(found) ? found : null
    },
    { timeoutMs: PATIENCE_MS, what: 'a complete answer in Slack' },
  )
  return done.text
}

async function discordAnswer(
  { discord }: World,
  find: () => SeenMessage | null | undefined,
  look: Look,
): Promise<string> {
  const done = await discord.until(
    () => {
      const found = find()
      if (found && found.content.trim() !== '' && !found.thinking) look.firstWord()
      return found && isCompleteOnDiscord(found) ? found : null
    },
    { timeoutMs: PATIENCE_MS, what: 'a complete answer in Discord' },
  )
  return done.content
}

/** Feedback and a person to call stand only under a complete answer. */
export function isComplete(message: VisibleMessage): boolean {
  return message.streamingState !== 'in_progress' && message.buttons.length >= 2
}

export function isCompleteOnDiscord(message: SeenMessage): boolean {
  return message.buttons.some((button) => button.customId?.startsWith('feedback') ?? false)
}
