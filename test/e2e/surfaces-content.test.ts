// What people send, on both platforms: pictures for a model that can see, voice, texts as strange as clients allow, and
// two people's questions in one thread.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from './harness.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const STRANGE: [string, string][] = [
  ['a NUL', '배송이\u0000 언제 오나요?'],
  ['half an emoji', '배송이 언제 오나요? \ud83d'],
  ['Hangul in parts', '배송이 언제 오나요?'.normalize('NFD')],
  ['right-to-left marks', '\u202e배송이 언제 오나요?\u202c \u200fשלום'],
  ['only emoji', '😀🎉👨‍👩‍👧‍👦'],
  ['only white space that is none', '\u200b\u2060\u00ad'],
  ['a wall of text', '배송이 언제 오나요? '.repeat(320)],
  ['a wall of combining marks', `배송${'\u0301'.repeat(1_500)}?`],
  ['markup', '<@U1> <!channel> ```\n**[x](javascript:1)** ||spoiler|| {{7*7}} </s>[|system|]'],
]

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  let world: World
  let stage: Stage
  beforeAll(async () => {
    world = await openWorld({
      platforms: [platform],
      vllm: { model: 'LGAI-EXAONE/EXAONE-4.5-33B', vision: true },
    })
    stage = platform === 'slack' ? slackStage(world) : discordStage(world)
    world.vllm.reply((request) =>
      JSON.stringify(request.body).includes('Answer in Korean')
        ? `네, 확인해 드릴게요. ${/순서\d/.exec(request.lastUser)?.[0] ?? ''}`
        : 'Yes, let me look into it.',
    )
  }, 120_000)
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
  })

  it('says by its name whether each part is ready', async () => {
    const { ok, parts } = await world.app.ready()
    expect(ok).toBe(true)
    expect(Object.keys(parts).sort()).toEqual(['database', 'queue', platform].sort())
  })

  const done = async (question: Question): Promise<string> => {
    await stage.until(() => question.answers().some((seen) => seen.isDone), 'an answer', 20_000)
    return question.answers().find((seen) => seen.isDone)!.text
  }

  it('shows a picture to a model that can see', async () => {
    const file = { name: '오류.png', mime: 'image/png', bytes: ONE_PIXEL }
    const answer = await done(stage.ask('minji', '이 화면이 무슨 오류인가요?', { file }))
    expect(answer).not.toContain('사진은 아직')
    const parts = JSON.stringify(world.vllm.requests.at(-1)?.body.messages?.at(-1))
    expect(parts).toContain(`data:image/png;base64,${ONE_PIXEL.toString('base64')}`)
  })

  it('does not believe a name: what is no picture is not shown to the model', async () => {
    const file = { name: 'photo.png', mime: 'image/png', bytes: Buffer.from('MZ no picture at all') }
    const answer = await done(stage.ask('jihun', '이 사진이 뭔가요?', { file }))
    expect(answer).toContain('사진')
    expect(JSON.stringify(world.vllm.requests.at(-1)?.body.messages?.at(-1))).not.toContain('data:image')
  })

  it('says that it cannot listen to a voice message, without asking the model', async () => {
    const before = world.vllm.requests.length
    const file = { name: '음성.ogg', mime: 'audio/ogg', bytes: Buffer.from('OggS') }
    const answer = await done(stage.ask('sora', '', { file }))
    expect(answer).toContain('음성과 동영상은 아직')
    expect(world.vllm.requests).toHaveLength(before)
  })

  it.each(STRANGE)(
    'takes %s in a direct message and goes on',
    async (name, text) => {
      const who = `user${STRANGE.findIndex(([one]) => one === name)}`
      const question = stage.dm(who, text)
      const later = stage.dm('haneul', `${name}, 그다음 배송 문의예요. 언제 오나요?`)
      await done(later)
      // Nothing at all was said where only invisible characters were.
      if (name === 'only white space that is none') return
      await stage.until(
        () => question.answers().some((seen) => seen.isDone) || stage.reactions(question).length > 0,
        'an answer or a reaction',
        20_000,
      )
      expect((await world.app.ready()).ok).toBe(true)
    },
    60_000,
  )

  it('normalises Hangul in parts before the model sees it', async () => {
    await done(stage.dm('nari', '환불 방법을 알려 주세요.'.normalize('NFD')))
    expect(world.vllm.requests.at(-1)?.lastUser).toContain('환불 방법을 알려 주세요.'.normalize('NFC'))
  })

  it('answers two people in one thread one after the other, in their order', async () => {
    const mention = platform === 'slack' ? world.slack.mention : world.discord.botMention
    const first = stage.ask('yuna', '교환이 되나요?')
    await done(first)
    world.vllm.pause()
    const before = world.vllm.requests.length
    const one = stage.follow('jun', first, `${mention} 순서1 배송이 언제 오나요?`)
    const two = stage.follow('dave', first, `${mention} 순서2 배송이 언제 오나요?`)
    await world.vllm.until((vllm) => vllm.requests.length > before)
    world.vllm.resume()
    const texts = (): string[] =>
      one
        .answers()
        .filter((seen) => seen.isDone)
        .map((seen) => /순서\d/.exec(seen.text)?.[0] ?? '')
    await stage.until(() => texts().length === 2, 'both answers', 20_000)
    expect(texts()).toEqual(['순서1', '순서2'])
    expect(two.answers().length).toBeGreaterThan(0)
    const [former, latter] = world.vllm.requests.slice(before)
    expect(former!.finishedAt).toBeLessThanOrEqual(latter!.at)
  }, 40_000)

  it.runIf(platform === 'slack')(
    'answers the longest message that Slack lets people send',
    async () => {
      const question = stage.dm('boram', '배송이 언제 오나요? '.repeat(4_000).slice(0, 40_000))
      await done(question)
      expect(question.answers()).toHaveLength(1)
    },
    40_000,
  )
})
