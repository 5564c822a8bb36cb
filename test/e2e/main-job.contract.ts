// The main job as people meet it, on both platforms: written once, run on every store and queue pair.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { registerCommands } from '../demo/commands.ts'
import { openWorld, type World, type WorldOptions } from './harness.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'
import { surfacesContract } from './surfaces.contract.ts'

const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Long without looking like a model that repeats itself. */
function numbered(sentence: string, times: number): string {
  return Array.from({ length: times }, (_, index) => `${index + 1}번째로 말하면 ${sentence}`).join(' ')
}

export function mainJobContract(name: string, options: () => Promise<WorldOptions>): void {
  describe.each(['slack', 'discord'] as const)(`on %s, with ${name}`, (platform) => {
    let world: World
    let stage: Stage
    beforeAll(async () => {
      world = await openWorld({ ...(await options()), platforms: [platform] })
      stage = platform === 'slack' ? slackStage(world) : discordStage(world)
      if (platform === 'discord') await registerCommands(world.discord, 'Damso')
    })
    afterAll(async () => {
      await world[Symbol.asyncDispose]()
    })

    // A new person each time: what one person says within seconds may be one question.
    let who = ''
    let count = 0
    beforeEach(() => {
      who = `minji${++count}`
    })

    const done = async (question: Question, count = 1): Promise<string[]> => {
      await stage.until(
        () => question.answers().filter((seen) => seen.isDone).length >= count,
        `${count} finished answers`,
        15_000,
      )
      return question.answers().map((seen) => seen.text)
    }

    it('answers a mention in its thread, in Korean, with a label, feedback and a way to a person', async () => {
      world.vllm.reply('주문하신 상품은 **내일(수요일)**에 도착해요.')
      const question = stage.ask(who, '배송이 언제 오나요?')
      const [answer, ...more] = await done(question)
      expect(more).toEqual([])
      expect(answer).toContain('도착해요')
      expect(answer).toContain('AI가 쓴 답변이에요')
      expect(question.answers()[0]?.buttons).toEqual(
        expect.arrayContaining([
          expect.stringContaining('도움됐어요'),
          expect.stringContaining('아쉬워요'),
          '상담원 연결',
        ]),
      )
    })

    it('shows the first-answer notice once per person', async () => {
      world.vllm.reply('네, 가능해요.')
      const first = stage.ask('sora', '교환할 수 있어요?')
      expect((await done(first)).join()).toContain('잊어 줘')
      const second = stage.follow('sora', first, '환불도 되나요?')
      expect((await done(second)).join()).not.toContain('잊어 줘')
    })

    it('answers a follow-up of the asker without a mention, knowing what was said before', async () => {
      world.vllm.reply('배송비는 3,000원이에요.')
      const question = stage.ask(who, '배송비가 얼마예요?')
      await done(question)
      const follow = stage.follow(who, question, '제주도도 같은가요?')
      await done(follow)
      const messages = JSON.stringify(world.vllm.requests.at(-1)?.body)
      expect(messages).toContain('배송비가 얼마예요?')
      expect(messages).toContain('배송비는 3,000원이에요.')
    })

    it('stays silent when another person writes in the thread, and only reacts to thanks', async () => {
      world.vllm.reply('확인해 볼게요.')
      const question = stage.ask(who, '영수증은 어디서 받나요?')
      await done(question)
      const thanks = stage.follow(who, question, '감사합니다!')
      await stage.until(() => stage.reactions(thanks).length > 0, 'a reaction')
      stage.follow('jun', question, '저도 궁금했어요')
      const before = world.vllm.requests.length
      const later = stage.ask('jun', '포인트는 언제 쌓이나요?')
      await done(later)
      expect(world.vllm.requests.length).toBe(before + 1)
      expect(question.answers()).toHaveLength(1)
    })

    it('answers four messages of one question once', async () => {
      world.vllm.reply('많이 기다리셨죠. 확인해 드릴게요.')
      const before = world.vllm.requests.filter((request) => request.finishedAt).length
      const asked: Question[] = []
      for (const [index, text] of ['안녕하세요', '저기요', '주문했는데요', '아직 안 왔어요ㅠㅠ'].entries()) {
        if (index > 0) await new Promise((resolve) => setTimeout(resolve, 800))
        asked.push(stage.ask('haneul', text, { isMention: index === 0 }))
      }
      await done(asked[0] as Question)
      expect(asked.flatMap((question) => question.answers().filter((seen) => seen.isDone)).length).toBe(1)
      expect(world.vllm.requests.filter((request) => request.finishedAt).length).toBe(before + 1)
      expect(JSON.stringify(world.vllm.requests.at(-1)?.body)).toContain('아직 안 왔어요ㅠㅠ')
    })

    it('answers a direct message in its language', async () => {
      world.vllm.reply('Your order arrives tomorrow.')
      const question = stage.dm('dave', 'Where is my order?')
      const [answer] = await done(question)
      expect(answer).toContain('arrives tomorrow')
      expect(answer).toContain('Written by AI')
    })

    surfacesContract(platform, () => ({ world, stage, who, done }))

    it('shows a long answer whole, in parts, with its code blocks intact', async () => {
      // Varied like a real answer; only the number of each paragraph is looked for.
      const topics = [
        '배송',
        '교환',
        '환불',
        '쿠폰',
        '회원 등급',
        '영수증',
        '재입고',
        '선물 포장',
        '해외 주문',
        '정기 구독',
        '도장 적립',
      ]
      const tails = [
        '먼저 살펴볼게요',
        '순서대로 적어 볼게요',
        '자주 물어보시는 것이에요',
        '주문 내역에서 볼 수 있어요',
        '평일 낮에 처리돼요',
        '앱에서도 똑같아요',
        '담당자가 확인해 드려요',
      ]
      const paragraphs = Array.from({ length: 55 }, (_, index) => {
        const topic = topics[(index * 7) % topics.length]
        const other = topics[(index * 5 + 3) % topics.length]
        return `${index}번 ${topic}: ${tails[index % tails.length]}. ${other}과 함께라면 ${index * 37 + 11}원부터 ${tails[(index * 3 + 1) % tails.length]}.`
      })
      const long = paragraphs.join('\n\n')
      world.vllm.reply(`${long}\n\n\`\`\`ts\nconst 끝 = true\n\`\`\``)
      const question = stage.ask(who, '전부 자세히 설명해 주세요')
      await stage.until(
        () =>
          (question.answers().at(-1)?.isDone ?? false) &&
          question.answers().some((seen) => seen.text.includes('끝 = true')),
        'the end',
        60_000,
      )
      const all = question
        .answers()
        .map((seen) => seen.text)
        .join('\n')
      // Each once, in order: the 1 of "1번" is not that of "11번".
      const order = [...all.matchAll(/(?<!\d)(\d+)번 /g)].map(([, number]) => Number(number))
      expect(order).toEqual(Array.from({ length: 55 }, (_, index) => index))
    }, 90_000)

    it('pings nobody, whatever the model writes', async () => {
      const before = stage.pings()
      world.vllm.reply(
        '공지: @everyone @here <!channel> <!here> <@UMINJI> <@123456789012345678> <@&123456789012345678> 확인하세요',
      )
      await done(stage.ask(who, '모두에게 알려 줘'))
      expect(stage.pings()).toBe(before)
    })

    it('says that it cannot see a picture instead of answering as if it were not there', async () => {
      world.vllm.reply('어떤 화면인지 글로 알려 주세요.')
      const file = { name: 'error.png', mime: 'image/png', bytes: ONE_PIXEL }
      const [withText] = await done(stage.ask(who, '이 오류가 뭔가요?', { file }))
      expect(withText).toContain('사진은 아직 볼 수 없어요')
      expect(withText).toContain('어떤 화면인지')
    })

    it('starts again when the question is edited, and removes the answer when it is deleted', async () => {
      world.vllm.reply((request) => ({
        text: JSON.stringify(request.body).includes('고친 질문')
          ? '고친 질문의 답이에요.'
          : numbered('처음 질문의 답이에요.', 30),
      }))
      const holding = world.vllm.holdAfter(5)
      const question = stage.ask(who, '처음 질문이에요?')
      await holding
      await stage.until(() => question.answers().length > 0, 'first words')
      stage.edit(who, question, '고친 질문이에요?')
      await world.vllm.until((vllm) => vllm.aborted.length > 0)
      world.vllm.resume()
      const texts = await done(question)
      expect(texts).toHaveLength(1)
      expect(texts[0]).toContain('고친 질문의 답')
      expect(texts[0]).not.toContain('처음 질문의 답')

      const held = world.vllm.holdAfter(5)
      const doomed = stage.ask(`${who}b`, '지울 질문이에요?')
      await held
      await stage.until(() => doomed.answers().length > 0, 'first words')
      stage.remove(`${who}b`, doomed)
      await stage.until(() => doomed.answers().length === 0, 'the answer gone')
      world.vllm.resume()
    })

    it.each(['in a channel', 'in a direct message'])(
      'takes a finished answer away %s when its question is deleted, and no other',
      async (where) => {
        world.vllm.reply('네, 내일 도착해요.')
        const name = `${who}c`
        const ask = (text: string): Question =>
          where === 'in a channel' ? stage.ask(name, text) : stage.dm(name, text)
        const kept = ask('남길 질문이에요?')
        await done(kept)
        const doomed = ask('답을 보고 지울 질문이에요?')
        await done(doomed)
        const before = kept.answers().length
        stage.remove(name, doomed)
        await stage.until(() => doomed.answers().length === 0, 'the answer gone', 10_000)
        expect(kept.answers().length).toBeGreaterThan(0)
        expect(kept.answers().length).toBeGreaterThanOrEqual(before - 1)
      },
    )

    it.each(['in a channel', 'in a direct message'])(
      'stops when asked %s, keeps what was written and says so',
      async (where) => {
        world.vllm.reply(numbered('아주 길게 쓰는 답변이에요.', 50))
        const held = world.vllm.holdAfter(20)
        const question =
          where === 'in a channel' ? stage.ask(who, '길게 써 주세요') : stage.dm(who, '길게 써 주세요')
        await held
        await stage.until(() => (question.answers()[0]?.text.length ?? 0) > 10, 'some words')
        const aborted = world.vllm.aborted.length
        await stage.stop(who, question)
        await world.vllm.until((vllm) => vllm.aborted.length > aborted)
        world.vllm.resume()
        const [text] = await done(question)
        expect(text).toContain('아주 길게 쓰는')
        expect(text).toContain('멈췄어요')
      },
    )

    it('stores feedback, forgets a person who asks for it and tells them', async () => {
      world.vllm.reply('네, 됩니다.')
      const question = stage.ask('nari', '쿠폰을 두 장 쓸 수 있나요?')
      await done(question)
      await stage.press('nari', question.answers()[0]!, /도움됐어요/)
      const nari = stage.idOf('nari')
      const rows = async (table: 'feedback' | 'inbox' | 'turns' | 'people', of: string): Promise<unknown[]> =>
        world.store.db.query(`select to_jsonb(t) as row from ${table} t where ${of} = $1`, [nari])
      await expect.poll(() => rows('feedback', 'person')).toMatchObject([{ row: { value: 'up' } }])
      const asked = { row: expect.objectContaining({ text: expect.stringContaining('쿠폰을 두 장') }) }
      expect(await rows('inbox', 'author')).toContainEqual(asked)
      expect(await rows('people', 'person')).toHaveLength(1)
      const forget = stage.dm('nari', '잊어 줘')
      await stage.until(
        () => forget.answers().some((seen) => seen.text.includes('지웠어요')),
        'the confirmation',
      )
      expect(await rows('feedback', 'person')).toEqual([])
      expect(await rows('people', 'person')).toEqual([])
      // Only the wish itself is still known, without its words.
      await expect
        .poll(() => rows('turns', 'author'))
        .toMatchObject([{ row: { kind: 'forget', state: 'done' } }])
      expect(await rows('inbox', 'author')).toMatchObject([{ row: { text: '' } }])
    })

    it('apologises once with a short code when the model keeps failing', async () => {
      world.vllm.reply('…')
      world.vllm.next({ fault: '401', times: 1 })
      const question = stage.ask(who, '이건 실패할 질문이에요?')
      await stage.until(
        () => question.answers().some((seen) => seen.buttons.includes('상담원 연결')),
        'an apology',
      )
      const sorry = /답변을 만들지 못했어요\. 잠시 뒤 다시 시도해 주세요\. \(문의 코드 \w{4}\)/g
      const said = () => question.answers().flatMap(({ text }) => text.match(sorry) ?? [])
      expect(said()).toHaveLength(1)
      world.vllm.reply('네, 이제 돼요.')
      await done(stage.ask(`${who}b`, '이제는 되나요?'))
      expect(said()).toHaveLength(1)
      expect(question.answers()).toHaveLength(1)
    })

    it('waits while the model is away and answers when it is back', async () => {
      world.vllm.reply('돌아왔어요.')
      await world.vllm.down()
      const question = stage.ask('yuna', '거기 계세요?')
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      expect(question.answers().filter((seen) => seen.isDone)).toEqual([])
      await world.vllm.up()
      const texts = await done(question)
      expect(texts).toHaveLength(1)
      expect(texts[0]).toContain('돌아왔어요')
    }, 40_000)

    it('loses and repeats nothing over a restart', async () => {
      world.vllm.reply('다시 켜진 뒤의 답이에요.')
      const held = world.vllm.holdAfter(2)
      const question = stage.ask(who, '재시작해도 답해 주나요?')
      await held
      await world.restart()
      world.vllm.resume()
      const texts = await done(question)
      expect(texts).toHaveLength(1)
      expect(texts[0]).toContain('다시 켜진 뒤의 답이에요.')
    }, 40_000)
  })
}
