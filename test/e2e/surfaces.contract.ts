// The other ways to ask, beside a mention: the slash command, a message's menu, a forum post. Part of the main job, in whose
// world it runs.
import { expect, it } from 'vitest'
import type { World } from './harness.ts'
import type { Question, Stage } from './stage.ts'

export interface Scene {
  world: World
  stage: Stage
  /** A person who has asked nothing yet. */
  who: string
  /** Resolves with all answers once one is finished. */
  done(question: Question): Promise<string[]>
}

/** `scene` is asked in each test. */
export function surfacesContract(platform: Stage['platform'], scene: () => Scene): void {
  it('answers the slash command for all to see, once, with the question above the answer', async () => {
    const { world, stage, who, done } = scene()
    world.vllm.reply('네, 내일 도착해요.')
    const question = await stage.command(who, '배송은 언제 오나요?')
    const [answer, ...more] = await done(question)
    expect(more).toEqual([])
    expect(answer).toMatch(/배송은 언제 오나요\?.*내일 도착해요.*AI가 쓴 답변이에요/s)
    const [seen] = question.answers()
    expect(seen?.isPrivate).toBe(false)
    expect(seen?.buttons).toContain('상담원 연결')
  })

  it('answers the slash command for the asker alone, where that is asked for', async () => {
    const { world, stage, done } = scene()
    world.vllm.reply('Yes, it arrives tomorrow.')
    const question = await stage.command('dave', 'When will it arrive?', { isPrivate: true })
    const [answer, ...more] = await done(question)
    expect(more).toEqual([])
    expect(answer).toContain('arrives tomorrow')
    expect(answer).toContain('Written by AI')
    expect(question.answers()[0]?.isPrivate).toBe(true)
  })

  it('answers what somebody else said when asked by the menu of that message', async () => {
    const { world, stage, who, done } = scene()
    world.vllm.reply('영업일로 사흘 걸려요.')
    const said = stage.ask('jun', '환불은 며칠 걸리나요?', { isMention: false })
    const question = await stage.askAbout(who, said)
    const [answer, ...more] = await done(question)
    expect(more).toEqual([])
    expect(answer).toContain('사흘')
    expect(world.vllm.requests.at(-1)?.lastUser).toContain('환불은 며칠 걸리나요?')
    // On Slack it stands in the thread, for all to see; on Discord a stranger's message gets no thread of ours.
    expect(question.answers()[0]?.isPrivate).toBe(platform === 'discord')
    if (platform === 'discord') expect(said.answers()).toEqual([])
  })

  if (platform === 'slack') return

  it('answers a forum post by its title, text and tags, without a mention', async () => {
    const { world, stage, who, done } = scene()
    world.vllm.reply('송장 번호는 주문 내역에 있어요.')
    const question = stage.post!(who, {
      title: '송장 번호를 못 찾겠어요',
      text: '어디에서 볼 수 있나요?',
      tags: ['배송'],
    })
    const [answer, ...more] = await done(question)
    expect(more).toEqual([])
    expect(answer).toContain('주문 내역에 있어요')
    const asked = world.vllm.requests.at(-1)?.lastUser
    for (const part of ['송장 번호를 못 찾겠어요', '어디에서 볼 수 있나요?', '배송'])
      expect(asked).toContain(part)
  })
}
