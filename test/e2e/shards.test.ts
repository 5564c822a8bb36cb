// A bot on more servers than one connection serves: each shard hears its own servers, and another process takes over the
// shards of one that is gone.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { answerByMark, faultsOf, markOf, untilNone } from './audit.ts'
import { openProcesses, type ProcessWorld, troubleOf, untilLogged } from './processes.ts'
import { seenOnDiscord } from './stage.ts'

const GUILDS = ['하늘상점', '바다상점']

withServer('postgres')('shards of Discord', () => {
  let world: ProcessWorld
  let count = 0
  beforeAll(async () => {
    world = await openProcesses({
      databaseUrl: (await furnishedDatabase()).url,
      platforms: ['discord'],
      discord: { shards: 2 },
      env: { DISCORD_SHARDS: '2' },
    })
    answerByMark(world.vllm)
    for (const guild of GUILDS) {
      world.discord.guild(guild)
      world.discord.channel(`문의 ${guild}`, { guild })
    }
  }, 60_000)
  afterAll(() => world[Symbol.asyncDispose]())

  /** One question in each server, and one in a direct message: which of them lack exactly one complete answer. */
  const ask = (): (() => string[]) => {
    const { discord } = world
    const asked = [...GUILDS, null].map((guild) => {
      const mark = markOf(++count)
      const person = discord.user(`minji${count}`, { locale: 'ko' })
      const text = `${mark} 배송이 언제 와요?`
      const said = guild ? person.say(`문의 ${guild}`, `<@${discord.botId}> ${text}`) : person.dm(text)
      const answers = () =>
        discord
          .messages(guild ? said.id : said.channelId)
          .filter(({ authorId, content }) => authorId === discord.botId && content.includes(mark))
          .map(seenOnDiscord)
      return { mark, question: { id: said.id, answers } }
    })
    return () => asked.flatMap(({ mark, question }) => faultsOf(question, mark))
  }

  it('each shard hears its own, and another process goes on with those of one that is killed', async () => {
    const [first, second] = [world.process(), world.process()]
    await first.start()
    await untilLogged(first, 'gateway is connected', ({ lease }) => lease === 'discord:1', 30_000)
    await second.start()
    const before = ask()
    await untilNone(before, 30_000)
    expect(before(), troubleOf(first)).toEqual([])
    await first.kill()
    for (const lease of ['discord:0', 'discord:1'])
      await untilLogged(second, 'gateway is connected', (fields) => fields['lease'] === lease, 40_000)
    const after = ask()
    await untilNone(after, 30_000)
    expect(after(), troubleOf(second)).toEqual([])
  }, 150_000)
})
