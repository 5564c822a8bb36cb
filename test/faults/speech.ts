// People who talk on both platforms at once: questions in channels, follow-ups in threads, direct messages and commands.
// Each message carries a number; a lane keeps what was said in it and shows what was answered there.
import { setTimeout as sleep } from 'node:timers/promises'
import { markOf } from '../e2e/audit.ts'
import { type Question, type Seen, type Stage, seenOnDiscord, seenOnSlack } from '../e2e/stage.ts'
import type { SeenInteraction } from '../fakes/discord/index.ts'
import { faultsIn } from './audit.ts'
import type { Trial } from './trial.ts'
import type { World } from './world.ts'

export interface Said {
  number: number
  /** Platform id. */
  id: string
  /** Complete answers it must have, and may have. */
  atLeast(): number
  atMost(): number
  /** Slack has given up delivering it. */
  isUnheard?: boolean
}

export interface Lane {
  platform: 'slack' | 'discord'
  who: string
  said: Said[]
  question: Question
  answers(): Seen[]
  /** The channel of a direct message on Slack. */
  slackDm: string | null
  /** Acknowledged and never saved, by a process that was killed: told to have failed. */
  isForgiven?: boolean
  /** Nobody goes on talking here. */
  isShut?: boolean
}

export interface Speech {
  readonly lanes: Lane[]
  readonly count: number
  /** Somebody says something, somewhere: chosen by the seed. */
  sayOne(): void
  /** Spread evenly over about `overMs`. */
  sayMany(count: number, overMs?: number): Promise<void>
  /** One question in a channel, the usual one unless named. */
  ask(platform: 'slack' | 'discord', text?: string, channel?: string): Lane
  /** One command; every second one on Discord asks for a private answer. */
  command(platform: 'slack' | 'discord'): Lane
  /** People whose direct messages on Discord are known; others' cannot be fetched after an outage. */
  introduce(): Promise<void>
}

export interface SpeechOptions {
  /** Which share of what is said is a command: killed before its commit, it is told to have failed. */
  commands?: number
  dms?: number
  followUps?: number
}

const TEXT = '배송이 언제 오는지 알려 주세요.'
const ONE = (): number => 1
const DM_PEOPLE = 6
/** Older threads nobody comes back to: looking at all of them for each message would take longer and longer. */
const FRESH = 80

export function createSpeech(
  trial: Trial,
  world: World,
  { commands = 0.1, dms = 0.15, followUps = 0.25 }: SpeechOptions = {},
): Speech {
  const { random } = trial
  const [slack, discord] = world.stages
  const lanes: Lane[] = []
  const known: Lane[] = []
  let count = 0
  const next = (): number => {
    count++
    return world.nextNumber()
  }

  const add = (
    stage: Stage,
    who: string,
    question: Question,
    number: number,
    slackDm: string | null,
  ): Lane => {
    const said = { number, id: question.id, atLeast: ONE, atMost: ONE }
    const lane = {
      platform: stage.platform,
      who,
      said: [said],
      question,
      answers: () => question.answers(),
      slackDm,
    }
    lanes.push(lane)
    return lane
  }
  const ask = (stage: Stage, text = TEXT, channel?: string): Lane => {
    const number = next()
    const who = `minji${number}`
    return add(stage, who, stage.ask(who, `${markOf(number)} ${text}`, { channel }), number, null)
  }
  /** In a thread that has been answered, with a mention: by the asker, or by somebody who looks in. */
  const follow = (lane: Lane): void => {
    const stage = lane.platform === 'slack' ? slack : discord
    const mention = lane.platform === 'slack' ? world.slack.mention : world.discord.botMention
    const number = next()
    const who = random() < 0.7 ? lane.who : `yuna${number}`
    const { id } = stage.follow(who, lane.question, `${mention} ${markOf(number)} ${TEXT}`)
    lane.said.push({ number, id, atLeast: ONE, atMost: ONE })
  }
  const dm = (): void => {
    const number = next()
    const text = `${markOf(number)} ${TEXT}`
    const lane = known[Math.floor(random() * known.length)]
    if (random() < 0.5 || !lane) {
      const who = `sori${number}`
      const question = slack.dm(who, text)
      add(slack, who, question, number, world.slack.dm(`U${who.toUpperCase()}`))
      return
    }
    const { id } = discord.dm(lane.who, text)
    lane.said.push({ number, id, atLeast: ONE, atMost: ONE })
  }

  const speech: Speech = {
    lanes,
    get count() {
      return count
    },
    sayOne() {
      const chance = random()
      const stage = random() < 0.5 ? slack : discord
      if (chance < commands) return void speech.command(stage.platform)
      if (chance < commands + dms) return dm()
      const answered = lanes.slice(-FRESH).filter((lane) => isFollowable(lane))
      const lane = answered[Math.floor(random() * answered.length)]
      if (lane && chance < commands + dms + followUps) {
        follow(lane)
        // Now and then in a hurry, as fast as people type.
        if (random() < 0.3) setTimeout(() => follow(lane), 300)
        return
      }
      ask(stage, random() < 0.15 ? '저기요' : TEXT)
    },
    async sayMany(many, overMs = 0) {
      const until = count + many
      while (count < until) {
        speech.sayOne()
        if (overMs > 0) await sleep((overMs / many) * 2 * random())
      }
    },
    command(platform) {
      const number = next()
      const lane = platform === 'slack' ? slackCommand(world, number) : discordCommand(world, number)
      lanes.push(lane)
      return lane
    },
    ask: (platform, text, channel) => ask(platform === 'slack' ? slack : discord, text, channel),
    async introduce() {
      for (let index = 0; index < DM_PEOPLE; index++) {
        const number = next()
        const who = `hana${index}`
        const question = discord.dm(who, `${markOf(number)} ${TEXT}`)
        known.push(add(discord, who, question, number, null))
      }
      const end = performance.now() + 30_000
      while (known.some((lane) => faultsIn(lane).length > 0) && performance.now() < end) await sleep(100)
    },
  }
  return speech
}

/** A thread whose answers are all there to see, and that is no command's. */
function isFollowable(lane: Lane): boolean {
  return !lane.isShut && lane.who.startsWith('minji') && lane.said.length < 5 && lane.answers().length > 0
}

/** Told to have failed: an answer may come all the same, when the row was saved and only the word of it got lost. */
function discordCommand(world: World, number: number): Lane {
  const mark = markOf(number)
  const who = `sora${number}`
  const isPrivate = number % 2 === 0
  const seen = world.discord
    .user(who, { locale: 'ko' })
    .command('질문', { 질문: `${mark} 환불은 어떻게 받나요?`, 비공개: isPrivate }, '문의')
  const answers = (): Seen[] => [...seen.messages.map(seenOnDiscord), ...strays(world, seen, mark)]
  return {
    platform: 'discord',
    who,
    question: { id: seen.id, answers },
    said: [{ number, id: seen.id, atLeast: () => (wasTold(seen) ? 0 : 1), atMost: ONE }],
    answers,
    slackDm: null,
  }
}

/** Told by Discord, or by our own apology. */
const wasTold = (seen: SeenInteraction): boolean =>
  seen.error !== null ||
  seen.messages.some((message) => message.content.includes('요청을 제때 받지 못했어요'))

/** An answer beside the interaction, as an ordinary message. */
function strays({ discord }: World, seen: SeenInteraction, mark: string): Seen[] {
  const own = new Set(seen.messages.map((message) => message.id))
  return discord
    .messages('문의')
    .filter((message) => message.authorId === discord.botId && message.content.includes(mark))
    .filter((message) => !own.has(message.id))
    .map(seenOnDiscord)
}

function slackCommand({ slack }: World, number: number): Lane {
  const mark = markOf(number)
  const who = `jun${number}`
  let isRefused: boolean | null = null
  const person = slack.user(`UJUN${number}`, { name: who, locale: 'ko-KR' })
  void person.command('/damso', `질문 ${mark} 교환은 어떻게 하나요?`, 'C1').then((outcome) => {
    isRefused = !outcome.ok
  })
  const answers = (): Seen[] =>
    slack
      .timeline('C1')
      .filter((message) => message.isBot && message.text.includes(mark))
      .map(seenOnSlack)
  return {
    platform: 'slack',
    who,
    question: { id: mark, answers },
    said: [{ number, id: mark, atLeast: () => (isRefused === true ? 0 : 1), atMost: ONE }],
    answers,
    slackDm: null,
  }
}
