// SIGKILL at the worst moments, with the app as a real process: written once, run on every store and queue pair. After
// the restart each question has exactly one complete visible answer within 15 s, and nothing looks half written.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppProcess } from '../demo/app-process.ts'
import type { SeenInteraction } from '../fakes/discord/index.ts'
import { answerByMark, faultsOf, leftStatuses, markOf, quiet, unfinished, untilNone } from './audit.ts'
import {
  openProcesses,
  type ProcessWorld,
  type ProcessWorldOptions,
  troubleOf,
  untilLogged,
} from './processes.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'

const WITHIN_MS = 15_000
/** Some words are out, more are to come. */
const SOME_TOKENS = 12

/** Makes the queue hang, so that a row is committed and its wake-up is not added; undone by the result. */
export type HoldWakeUps = () => Promise<() => Promise<void>>

/** Without `holdWakeUps` a wake-up is held back only while it waits for quiet. */
export function killContract(
  name: string,
  options: () => Promise<ProcessWorldOptions>,
  holdWakeUps?: HoldWakeUps,
): void {
  describe(`kill -9, with ${name}`, () => {
    let world: ProcessWorld
    let app: AppProcess
    let slack: Stage
    let discord: Stage
    let count = 0
    beforeAll(async () => {
      world = await openProcesses(await options())
      slack = slackStage(world)
      discord = discordStage(world)
      answerByMark(world.vllm)
      app = world.process()
      await app.start()
      await untilLogged(app, 'gateway is connected')
    }, 90_000)
    afterAll(async () => {
      await world[Symbol.asyncDispose]()
    })
    beforeEach(() => {
      world.vllm.resume()
    })

    /** One question by a new person: what one person says within seconds may be one question. */
    const ask = (stage: Stage, text = '배송이 언제 오는지 알려 주세요.'): Asked => {
      count += 1
      const mark = markOf(count)
      return { mark, stage, question: stage.ask(`minji${count}`, `${mark} ${text}`) }
    }
    const firstWords = (asked: Asked): Promise<void> =>
      asked.stage.until(
        () => asked.question.answers().some((one) => one.text.includes(asked.mark)),
        'first words',
        WITHIN_MS,
      )
    /** Kills the app at the very write that makes `holds` true: before the app hears that it was done. */
    const killWhen = async (asked: Asked, holds: () => boolean): Promise<void> => {
      const fake = asked.stage.platform === 'slack' ? world.slack : world.discord
      let dying: Promise<void> | undefined
      const off = fake.onChange(() => {
        if (!dying && holds()) dying = app.kill()
      })
      await asked.stage.until(() => dying !== undefined, 'the moment to kill', WITHIN_MS)
      off()
      await dying
    }
    const restart = async (): Promise<void> => {
      world.vllm.resume()
      await app.start()
    }
    const expectOneAnswerEach = async (all: Asked[]): Promise<void> => {
      const faults = (): string[] => [
        ...all.flatMap(({ question, mark }) => faultsOf(question, mark)),
        ...unfinished(world, ['C1']),
        ...leftStatuses(world, ['C1']),
      ]
      await untilNone(faults, WITHIN_MS)
      await quiet(world)
      expect(faults(), troubleOf(app)).toEqual([])
    }

    it('in the middle of answers: each is completed once, also those to commands', async () => {
      const held = world.vllm.holdAfter(SOME_TOKENS)
      const mentions = [ask(slack), ask(discord)]
      const commands = [
        askCommand(world, discord, ++count, {}),
        askCommand(world, discord, ++count, { 비공개: true }),
      ]
      const typed = await askSlackCommand(world, slack, ++count)
      expect(typed, 'the command was acknowledged').not.toBeNull()
      if (typed) commands.push(typed)
      await held
      await Promise.all([...mentions, ...commands].map(firstWords))
      await app.kill()
      await restart()
      await expectOneAnswerEach([...mentions, ...commands])
    }, 60_000)

    it('before any word', async () => {
      world.vllm.pause()
      const asked = [ask(slack), ask(discord)]
      const before = world.vllm.requests.length
      await world.vllm.until((vllm) => vllm.requests.length >= before + 2, WITHIN_MS)
      await app.kill()
      await restart()
      await expectOneAnswerEach(asked)
    }, 60_000)

    it('while it waits for the rest of a question', async () => {
      const asked = [ask(slack, '저기요'), ask(discord, '저기요')]
      await untilReceived(app, asked)
      await app.kill()
      await restart()
      await expectOneAnswerEach(asked)
    }, 60_000)

    if (holdWakeUps) {
      it('between the commit of a message and its wake-up', async () => {
        const release = await holdWakeUps()
        const asked = [ask(slack), ask(discord)]
        await untilReceived(app, asked)
        await app.kill()
        await release()
        await restart()
        await expectOneAnswerEach(asked)
      }, 60_000)
    }

    describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
      const stage = (): Stage => (platform === 'slack' ? slack : discord)

      it('when the first words have been shown and it does not know yet', async () => {
        const held = world.vllm.holdAfter(SOME_TOKENS)
        const asked = ask(stage())
        await Promise.all([held, killWhen(asked, () => asked.question.answers().length > 0)])
        await restart()
        await expectOneAnswerEach([asked])
      }, 60_000)

      it('when the last words have been shown and the turn is not ended yet', async () => {
        const asked = ask(stage())
        await killWhen(asked, () => asked.question.answers().some((one) => one.isDone))
        await restart()
        await expectOneAnswerEach([asked])
      }, 60_000)
    })
  })
}

export interface Asked {
  mark: string
  stage: Pick<Stage, 'platform' | 'until'>
  question: Question
}

async function untilReceived(app: AppProcess, asked: readonly Asked[]): Promise<void> {
  for (const { question } of asked)
    await untilLogged(app, 'received', ({ source }) => String(source).includes(question.id))
}

/** `/질문` on Discord; its answers are what the interaction shows, private ones included. */
export function askCommand(
  world: ProcessWorld,
  stage: Stage,
  number: number,
  options: Record<string, boolean>,
): Asked {
  const mark = markOf(number)
  const person = world.discord.user(`sora${number}`, { locale: 'ko' })
  const seen = person.command('질문', { 질문: `${mark} 환불은 어떻게 받나요?`, ...options }, '문의')
  return {
    mark,
    stage,
    question: { id: seen.id, answers: () => seen.messages.map(toSeen).concat(strays(world, seen, mark)) },
  }
}

const toSeen = (message: SeenInteraction['messages'][number]) => ({
  id: message.id,
  text: message.content,
  isDone:
    !message.thinking && message.buttons.some((button) => /feedback|person/.test(button.customId ?? '')),
  buttons: message.buttons.map((button) => button.label),
})

/** An answer beside the interaction, as an ordinary message. */
function strays({ discord }: ProcessWorld, seen: SeenInteraction, mark: string) {
  const own = new Set(seen.messages.map((message) => message.id))
  return discord
    .messages('문의')
    .filter((message) => message.authorId === discord.botId && message.content.includes(mark))
    .filter((message) => !own.has(message.id))
    .map(toSeen)
}

/** `/damso 질문 …`: its answer is a message in the channel that quotes the question. Null when Slack told the person that it failed. */
export async function askSlackCommand(
  { slack }: ProcessWorld,
  stage: Stage,
  number: number,
): Promise<Asked | null> {
  const mark = markOf(number)
  const person = slack.user(`UJUN${number}`, { name: `jun${number}`, locale: 'ko-KR' })
  const outcome = await person.command('/damso', `질문 ${mark} 교환은 어떻게 하나요?`, 'C1')
  if (!outcome.ok) return null
  return {
    mark,
    stage,
    question: {
      id: String(outcome.triggerId),
      answers: () =>
        slack
          .timeline('C1')
          .filter((message) => message.isBot && message.text.includes(mark))
          .map((message) => ({
            id: message.ts,
            text: message.text,
            isDone:
              message.streamingState !== 'in_progress' &&
              message.buttons.length > 0 &&
              !message.buttons.some(({ actionId }) => actionId.startsWith('stop')),
            buttons: message.buttons.map((button) => button.text),
          })),
    },
  }
}
