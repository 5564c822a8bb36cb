// The playground's buttons, each pressed as a person presses it. Part of playground.test.ts, whose page they use.
import type { Locator, Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import type { OpenStage } from '../playground/stage.ts'
import { answered, answersIn, expectText, FEEDBACK, say, sent, use } from './playground-page.ts'

export interface Scene {
  page: Page
  stage: OpenStage
}

export function testControls(scene: () => Scene): void {
  afterEach(async () => {
    const { stage } = scene()
    stage.world.rehearsal.resume()
    await stage.model.turn(true)
  })
  const pane = (platform: string): Locator => scene().page.locator(`#${platform}`)

  test('“Slack 429”: the answer there comes once and late, and Discord is answered meanwhile', {
    timeout: 60_000,
  }, async () => {
    const { page, stage } = scene()
    const forum = pane('discord').getByRole('button', { name: '질문-게시판' })
    await forum.click()
    await page.locator('#refuse').click()
    await expectText(page.locator('#refuse.on'), '초)')
    const from = stage.world.slack.calls.length
    const onSlack = await sent(page, 'slack', '배송비는 얼마인가요?', async () => {
      await pane('slack').locator('textarea[name=message]').fill('배송비는 얼마인가요?')
      await pane('slack').getByRole('button', { name: 'Damso 부르기' }).click()
      await pane('slack').getByRole('button', { name: '보내기' }).click()
    })
    const inForum = await sent(page, 'discord', '송장 번호를 못 찾겠어요', async () => {
      await pane('discord').getByPlaceholder('제목').fill('송장 번호를 못 찾겠어요')
      await pane('discord').locator('.tags').getByLabel('배송').check()
      await pane('discord').getByLabel('내용을 적어 주세요').fill('배송 조회는 어디에서 하나요?')
      await pane('discord').getByRole('button', { name: '보내기' }).click()
    })
    const post = pane('discord').locator('.message:has(.title)').last()
    await expectText(post.locator('.title'), '송장 번호를 못 찾겠어요')
    await expectText(post.locator('.title .tag'), '배송')
    await answered(inForum)
    await expectText(inForum.locator('.thread-name'), '송장 번호를 못 찾겠어요')
    await askByMenu(page, pane('discord'))

    await answered(onSlack)
    expect(await answersIn(onSlack).count()).toBe(1)
    expect(stage.world.slack.calls.slice(from).some(({ status }) => status === 429)).toBe(true)
    await page.locator('#refuse:not(.on)').waitFor()
  })

  test('“Model down”: who asks is told that it takes longer, and is answered once it is back', {
    timeout: 60_000,
  }, async () => {
    const { page } = scene()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('#copy').click()
    await expectText(page.locator('#toasts'), '복사했어요')
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('LGAI-EXAONE/')
    await page.locator('#model-switch').click()
    await expectText(page.locator('#model'), '모델이 꺼져 있어요')
    await expectText(page.locator('#model-switch.on'), '모델 켜기')
    const onSlack = await say(page, 'slack', '@Damso 쿠폰을 두 장 같이 쓸 수 있나요?')
    const onDiscord = await say(page, 'discord', '@Damso 쿠폰을 두 장 같이 쓸 수 있나요?')
    await leaveWhatWasBegun(pane('slack'))
    await expectText(onSlack.locator('.status'), '늦어지고 있어요')
    await expectText(onDiscord.locator('.message.bot'), '늦어지고 있어요')

    await page.locator('#model-switch').click()
    await page.locator('#model-switch:not(.on)').waitFor()
    for (const thread of [onSlack, onDiscord]) {
      await expectText(await answered(thread), '쿠폰을 하나만')
      expect(await thread.locator('.message.bot').count()).toBe(1)
      expect(await thread.textContent()).not.toContain('늦어지고')
    }
  })

  test('Stop ends an answer where it is, and says so', { timeout: 60_000 }, async () => {
    const { page, stage } = scene()
    await pane('slack').getByRole('navigation').getByRole('button', { name: 'Damso' }).click()
    await pane('slack').locator('.prompts button').first().waitFor()
    // The first sentence and a little more.
    void stage.world.rehearsal.holdAfter(30)
    const inDm = await say(page, 'slack', '원두를 뜯었는데 반품할 수 있나요?')
    const inChannel = await say(page, 'discord', '@Damso 원두를 뜯었는데 반품할 수 있나요?')
    const stops = [inDm.locator('.status'), inChannel.locator('.message.bot')]
    for (const [index, thread] of [inDm, inChannel].entries()) {
      await expectText(thread.locator('.message.bot.growing'), '반품을 받지 않습니다')
      await stops[index]!.getByRole('button', { name: '멈추기' }).click()
    }
    for (const thread of [inDm, inChannel]) {
      const answer = thread.locator('.message.bot')
      await expectText(answer, '여기까지 쓰고 멈췄어요.')
      await expectText(answer, '반품을 받지 않습니다')
      await answer.getByRole('button', { name: '상담원 연결' }).waitFor()
      expect(await thread.getByRole('button', { name: '멈추기' }).count()).toBe(0)
    }
  })

  test('an answer takes feedback, thanked for privately, reactions, and thanks', {
    timeout: 60_000,
  }, async () => {
    const { page } = scene()
    const thread = await say(page, 'slack', '@Damso 제주도 배송은 얼마나 걸려요?')
    const answer = await answered(thread)
    await answer.getByRole('button', { name: FEEDBACK }).click()
    await pane('slack').locator('.message.private', { hasText: '의견 고맙습니다' }).waitFor()

    for (const message of [answer, pane('discord').locator('.message:not(.bot)').first()]) {
      const mine = message.locator('.reactions .mine', { hasText: '👍 1' })
      await use(message, '반응')
      await mine.click()
      await mine.waitFor({ state: 'detached' })
    }
    await thread.getByRole('button', { name: '스레드에 답글' }).last().click()
    await expectText(pane('slack').locator('.target'), '제주도 배송은')
    await pane('slack').locator('textarea[name=message]').fill('감사합니다!')
    await pane('slack').locator('textarea[name=message]').press('Enter')
    const thanks = thread.locator('.message', { hasText: '감사합니다!' })
    await thanks.locator('.reactions button:not(.mine)').waitFor()
    expect(await answersIn(thread).count()).toBe(1)
  })
}

/** On Discord, about somebody else's message: for the one who chose it. */
async function askByMenu(page: Page, pane: Locator): Promise<void> {
  await pane.getByRole('button', { name: '# 문의' }).click()
  await pane.locator('select.who').selectOption('junho')
  await pane.locator('textarea[name=message]').fill('교환은 며칠 안에 해야 하나요?')
  await pane.locator('textarea[name=message]').press('Enter')
  const said = pane.locator('.message', { hasText: '며칠 안에' }).last()
  await said.waitFor()
  await pane.locator('select.who').selectOption('minji')
  await use(said, 'Damso에게 묻기')
  const answer = pane
    .locator('.message.private', { has: page.getByRole('button', { name: FEEDBACK }) })
    .last()
  await expectText(answer, '교환')
  await answer.getByRole('button', { name: '상담원 연결' }).click()
  // Nobody else saw the answer: the person comes to a thread of its own.
  await expectText(pane.locator('.thread').last(), '담당자에게 전달했어요')
}

/** An edit, a reply and an attachment, all taken back. */
async function leaveWhatWasBegun(pane: Locator): Promise<void> {
  const mine = pane.locator('.message:has([aria-label="수정"])').last()
  const before = await mine.locator('.text').textContent()
  await use(mine, '수정')
  await pane.locator('textarea.edit').fill('다른 말')
  await pane.getByRole('button', { name: '취소' }).click()
  await pane.locator('textarea.edit').waitFor({ state: 'detached' })
  expect(await mine.locator('.text').textContent()).toBe(before)

  await use(mine, '스레드에 답글')
  await pane.locator('.target').getByRole('button').click()
  await pane.locator('.target').getByRole('button').waitFor({ state: 'detached' })

  await pane.getByRole('button', { name: '샘플 음성' }).click()
  await pane.locator('.attached').getByRole('button').click()
  await pane.locator('.attached').getByRole('button').waitFor({ state: 'detached' })
}
