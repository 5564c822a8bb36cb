// One deployment, one Slack app, two workspaces that have nothing to do with each other. Channels and people have the same
// ids in both, and the model gives away all that it is given.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { answerByMark, faultsOf, markOf, quiet, untilNone } from './audit.ts'
import { type Desk, slackDesk } from './desk.ts'
import { openWorld, type World } from './harness.ts'
import { type Stage, slackStage } from './stage.ts'

const QUESTION = '배송이 언제 오나요?'

/** Nobody used a token where it is no good. */
function refusedCalls(...shops: FakeSlack[]): string[] {
  return shops.flatMap((slack) =>
    slack.calls.flatMap(({ method, error }) => (error ? [`${method} ${error}`] : [])),
  )
}

function staged(world: World, slack: FakeSlack): Stage {
  return slackStage({ slack, discord: world.discord })
}

describe.each(['socket', 'http'] as const)('one Slack app in two workspaces, over %s', (mode) => {
  let world: World
  let sky: FakeSlack
  let sea: FakeSlack
  let skyStage: Stage
  let seaStage: Stage
  let skyDesk: Desk
  let seaDesk: Desk
  beforeAll(async () => {
    const overHttp = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'fake-signing-secret' }
    world = await openWorld({
      platforms: ['slack'],
      workspaces: [{ teamName: '바다상점' }],
      env: mode === 'http' ? overHttp : {},
    })
    sky = world.slack
    sea = world.workspaces[0]!
    if (mode === 'http') await sky.connectHttp(`http://127.0.0.1:${world.app.port}/slack/events`)
    ;[skyStage, seaStage] = [staged(world, sky), staged(world, sea)]
    ;[skyDesk, seaDesk] = [slackDesk({ slack: sky }), slackDesk({ slack: sea })]
  }, 60_000)
  afterAll(async () => world[Symbol.asyncDispose]())

  it('answers the same question in both, each with its own token', async () => {
    answerByMark(world.vllm)
    const asked = [skyStage, seaStage].map((stage, index) => {
      const mark = markOf(index + 1)
      return { mark, question: stage.ask('minji', `${mark} ${QUESTION}`) }
    })
    await untilNone(() => asked.flatMap(({ question, mark }) => faultsOf(question, mark)), 20_000)
    await quiet(world)
    expect(asked.flatMap(({ question, mark }) => faultsOf(question, mark))).toEqual([])
    for (const slack of [sky, sea]) {
      const own = slack.calls.filter(({ method }) => /^chat\./.test(method))
      expect(own.length).toBeGreaterThan(0)
      expect(slack.timeline('C1')).toHaveLength(1)
    }
    expect(refusedCalls(sky, sea)).toEqual([])
  }, 40_000)

  it('answers a command, a direct message and a shortcut in the second as in the first', async () => {
    world.vllm.reply(() => '이틀쯤 걸려요.')
    const questions = [
      await seaStage.command('sujin', QUESTION),
      seaStage.dm('sujin', QUESTION),
      await seaStage.askAbout('sujin', seaStage.ask('jiho', QUESTION, { isMention: false })),
    ]
    await seaStage.until(
      () =>
        questions.every((one) => one.answers().some(({ text, isDone }) => isDone && text.includes('이틀'))),
      'three answers',
      20_000,
    )
    expect(refusedCalls(sky, sea)).toEqual([])
  }, 40_000)

  it('keeps what was said in one from the model of the other, and its settings and cases from its people', async () => {
    world.vllm.reply(() => '확인했어요.')
    const secret = skyStage.ask('haneul', '제 비밀 주문은 Quillbraxen이에요.')
    await skyStage.until(() => secret.answers().some(({ isDone }) => isDone), 'an answer in the sky')
    const before = world.vllm.requests.length
    // By the same person’s id, in the channel of the same id.
    const asked = seaStage.ask('haneul', '제 비밀 주문이 뭐라고 했죠?')
    await seaStage.until(() => asked.answers().some(({ isDone }) => isDone), 'an answer at sea')
    expect(JSON.stringify(world.vllm.requests.slice(before).map(({ body }) => body))).not.toContain(
      'Quillbraxen',
    )

    await skyDesk.open()
    const wanted = skyStage.ask('minji', '상담원 연결해 주세요')
    await skyStage.until(
      () => skyDesk.cards().some(({ text }) => text.includes('minji')),
      'a card in the sky',
    )
    const alone = seaStage.ask('minji', '상담원 연결해 주세요')
    await seaStage.until(() => alone.answers().length > 0, 'a word at sea')
    expect(skyDesk.cards()).toHaveLength(1)
    expect(seaDesk.cards()).toEqual([])
    await skyStage.until(() => wanted.answers().length > 0, 'a word in the sky')

    await seaDesk.open()
    const theirs = seaStage.ask('bora', '상담원 연결해 주세요')
    await seaStage.until(() => seaDesk.cards().some(({ text }) => text.includes('bora')), 'a card at sea')
    const isOpen = (): boolean =>
      seaDesk.thread(seaDesk.cards()[0]!).some((text) => text.includes('전해져요'))
    await seaStage.until(isOpen, 'the thread of the card')
    await seaDesk.write('agent', seaDesk.cards()[0]!, '안녕하세요, 바다상점이에요.')
    await seaStage.until(
      () => theirs.answers().some(({ text }) => text.includes('바다상점이에요')),
      'words of staff',
    )
    expect(skyDesk.cards()).toHaveLength(1)
    expect(JSON.stringify(sky.timeline('CSTAFF'))).not.toContain('bora')
    expect(refusedCalls(sky, sea)).toEqual([])
  }, 60_000)

  it('turns a third workspace away, and says so in its metrics', async () => {
    const moon = sky.workspace({ teamName: '달상점' })
    const question = staged(world, moon).ask('minji', QUESTION)
    await moon.until(() => moon.deliveries.length > 0 && moon.pendingDeliveries() === 0)
    const metrics = await (await fetch(`http://127.0.0.1:${world.app.port}/metrics`)).text()
    expect(metrics).toMatch(/damso_unserved_events_total\{platform="slack"\} [1-9]/)
    expect(metrics).toContain(`damso_slack_token_ok{workspace="slack:${sea.teamId}"} 1`)
    const rows = await world.store.db.query('select 1 from inbox where workspace = $1', [
      `slack:${moon.teamId}`,
    ])
    expect(rows).toEqual([])
    expect(question.answers()).toEqual([])
    expect(moon.calls).toEqual([])
  }, 30_000)

  it('goes on in one after the app was removed from the other', async () => {
    world.vllm.reply(() => '이틀쯤 걸려요.')
    sea.uninstall()
    const asked = skyStage.ask('jiyoung', QUESTION)
    await skyStage.until(() => asked.answers().some(({ isDone }) => isDone), 'an answer in the sky')
    const metrics = await (await fetch(`http://127.0.0.1:${world.app.port}/metrics`)).text()
    expect(metrics).toContain(`damso_slack_token_ok{workspace="slack:${sea.teamId}"} 0`)
  }, 30_000)
})
