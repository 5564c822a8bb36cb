// The playground used as a person uses it, in Chromium: the page, the fakes and the app as a process of its own.
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openServer, type PlaygroundServer } from '../playground/server.ts'
import { type OpenStage, openStage } from '../playground/stage.ts'
import { findProgram } from '../programs.ts'
import { withServer } from '../servers.ts'
import { testControls } from './playground-controls.ts'
import { ANSWER_MS, expectText, FEEDBACK, START_MS, say as sayOn, use } from './playground-page.ts'
import { testPeople } from './playground-people.ts'

withServer('chromium')('the playground in Chromium', () => {
  let stage: OpenStage
  let server: PlaygroundServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    stage = await openStage({ detect: false, itlMs: 15, hasLimits: false })
    server = await openServer(stage, 4100)
    browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? undefined,
      args: ['--no-sandbox', '--disable-gpu'],
    })
    await stage.world.start()
    page = await browser.newPage({ locale: 'ko-KR', reducedMotion: 'reduce' })
    page.setDefaultTimeout(ANSWER_MS)
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    await stage?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    await page.goto(server.url)
    await page.locator('#app-state.running').waitFor()
  }, START_MS)

  /** The last message of the app in a pane. */
  const lastAnswer = (platform: string): Locator => page.locator(`#${platform} .message.bot`).last()

  const say = (platform: string, text: string): Promise<Locator> => sayOn(page, platform, text)

  test('says above all that the model is not EXAONE, and how to get it', async () => {
    await expectText(page.locator('#model.warn'), '리허설 모델입니다. EXAONE이 아닙니다.')
    await expectText(page.locator('#model code'), 'llama-server -hf LGAI-EXAONE/')
    await page.getByRole('button', { name: 'English' }).click()
    await expectText(page.locator('#model'), 'This is not EXAONE.')
    await page.getByRole('button', { name: '한국어' }).click()
    await expectText(page.locator('#model'), 'EXAONE이 아닙니다.')
  })

  test.for(['slack', 'discord'])(
    'an answer on %s grows and is finished, with the times under the question',
    { timeout: 90_000 },
    async (platform) => {
      const thread = await say(platform, '@damso 주문 조회 API를 표와 코드로 알려 주세요')
      const answer = thread.locator('.message.bot')
      await answer.and(page.locator('.growing')).waitFor()
      const early = (await answer.locator('.text').textContent())?.length ?? 0
      await answer.getByRole('button', { name: FEEDBACK }).waitFor()
      expect((await answer.locator('.text').textContent())?.length ?? 0).toBeGreaterThan(early)
      expect(await answer.and(page.locator('.growing')).count()).toBe(0)
      await expectText(answer.locator('pre').last(), 'await fetch')
      await expectText(answer, '리허설 모델입니다.')
      const times = page.locator(`#${platform} .times[data-done=done]`).last()
      for (const stage of ['받음', '저장', '대기열', '쓰는 중', '첫 글자', '완료'])
        await expectText(times, stage)
    },
  )

  test.for(['slack', 'discord'])(
    'a question on %s is answered from the shop’s page, which its source opens; what no page says is not answered',
    { timeout: 90_000 },
    async (platform) => {
      const thread = await say(platform, '@Damso 원두를 뜯었는데 반품되나요?')
      const answer = thread.locator('.message.bot')
      await answer.getByRole('button', { name: FEEDBACK }).waitFor()
      await expectText(answer, '봉투를 개봉한 원두는 반품을 받지 않습니다[1]')
      await expectText(answer, '출처')
      const source = answer.getByRole('link', { name: '반품 신청 › 뜯은 원두' })
      const [help] = await Promise.all([page.context().waitForEvent('page'), source.click()])
      await expectText(help.locator('#help article'), '단순 변심은 왕복 6,000원을')
      await help.close()

      const unknown = await say(platform, '@Damso 주차장이 있나요?')
      await expectText(unknown.locator('.message.bot'), '답을 찾지 못했어요')
      await unknown.getByRole('button', { name: '상담원 연결' }).waitFor()
      expect(await unknown.getByRole('link').count()).toBe(0)
    },
  )

  test('a private page is shown in a direct message only', { timeout: 60_000 }, async () => {
    await page.locator('#slack').getByRole('button', { name: '직원 할인 (채널)' }).click()
    const inChannel = page.locator('#slack .thread').last().locator('.message.bot')
    await inChannel.getByRole('button', { name: '상담원 연결' }).waitFor()
    expect(await inChannel.textContent()).not.toContain('30%')
    await page.locator('#slack').getByRole('button', { name: '직원 할인 (DM)' }).click()
    await expectText(page.locator('#slack .message.bot').last(), '직원 할인율은 30%')
  })

  test('what an admin adds is answered from at once', { timeout: 90_000 }, async () => {
    await page.locator('#discord').getByRole('button', { name: '지식에 추가' }).click()
    await page.locator('#discord .message.bot', { hasText: '새로 넣은 것 1개' }).waitFor()
    // Everybody's memory is in step within two seconds.
    await expect
      .poll(
        async () => {
          const thread = await say('discord', '@Damso 주차장이 있나요?')
          await thread.getByRole('button', { name: '상담원 연결' }).waitFor()
          return thread.locator('.message.bot').textContent()
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toContain('두 시간까지 무료')
  })

  test('a question can be asked by a slash command chosen from the list', { timeout: 60_000 }, async () => {
    const slack = page.locator('#slack textarea[name=message]')
    await slack.pressSequentially('/dam')
    await page.locator('#slack .picker [data-command=ask]').waitFor()
    await slack.press('Enter')
    await slack.pressSequentially('환불은 어떻게 하나요?')
    await slack.press('Enter')
    await lastAnswer('slack').filter({ hasText: '환불' }).getByRole('button', { name: FEEDBACK }).waitFor()

    await page.locator('#discord textarea[name=message]').pressSequentially('/질')
    await page.locator('#discord .picker [data-command=ask]').click()
    await page.locator('#discord .command-form input[name=question]').fill('비밀번호를 잊었어요')
    await page.locator('#discord .command-form .run').click()
    const answer = page.locator('#discord .message.bot', { hasText: '비밀번호 찾기' }).last()
    await answer.getByRole('button', { name: FEEDBACK }).waitFor()
    await expectText(answer, '민지님이 /ask 사용')
  })

  test('a message that joins an answer that is being written has its times to the end', {
    timeout: 60_000,
  }, async () => {
    const stageOf = (text: string, name: string): Locator =>
      page.locator('#slack .message', { hasText: text }).locator(`[data-stage=${name}]:not(.pending)`).first()
    const { rehearsal } = stage.world
    const before = rehearsal.running
    rehearsal.pause()
    await say('slack', '@Damso 선물 포장이 궁금해요')
    await rehearsal.until(({ running }) => running > before)
    await say('slack', '@Damso 교환 기간도 궁금해요')
    await stageOf('교환 기간도', 'queued').waitFor()
    rehearsal.resume()
    for (const text of ['선물 포장이', '교환 기간도']) await stageOf(text, 'done').waitFor()
  })

  test('an admin is offered the values of a setting while typing', { timeout: 60_000 }, async () => {
    await page.locator('#discord select.who').selectOption('sora')
    await page.locator('#discord textarea[name=message]').pressSequentially('/설')
    await page.locator('#discord .picker [data-command=settings]').click()
    await page.locator('#discord .command-form input[name=name]').fill('mode')
    await page.locator('#discord .command-form input[name=value]').fill('e')
    await page.locator('#discord .command-form datalist option[value=every]').waitFor({ state: 'attached' })
    await page.locator('#discord .command-form input[name=value]').fill('mention')
    await page.locator('#discord .command-form .run').click()
    await page.locator('#discord .message.private', { hasText: '바꿨어요' }).waitFor()
  })

  test.for(['slack', 'discord'])(
    'on %s an edited question is answered as it now reads, a deleted one not at all',
    { timeout: 90_000 },
    async (platform) => {
      const thread = await say(platform, '@Damso 주문 조회 API를 표와 코드로 설명해 주세요')
      await thread.locator('.message.bot.growing').waitFor()
      const question = page.locator(`#${platform} .message`, { hasText: '설명해 주세요' }).first()
      await use(question, '수정')
      await page.locator(`#${platform} textarea.edit`).fill('@Damso 비밀번호를 잊었어요')
      await page.locator(`#${platform} textarea.edit`).press('Enter')
      await thread
        .locator('.message.bot', { hasText: '비밀번호 찾기' })
        .getByRole('button', { name: FEEDBACK })
        .waitFor()
      expect(await thread.locator('.message.bot').count()).toBe(1)

      const other = await say(platform, '@Damso 주문 조회 API를 표와 코드로 한 번 더요')
      await other.locator('.message.bot.growing').waitFor()
      const doomed = page.locator(`#${platform} .message`, { hasText: '한 번 더요' }).first()
      await use(doomed, '삭제')
      await other.locator('.message.bot').waitFor({ state: 'detached' })
    },
  )

  test('a file is answered by saying that it cannot be seen', { timeout: 60_000 }, async () => {
    await page.locator('#discord select.who').selectOption('minji')
    await page.locator('#discord').getByRole('button', { name: '샘플 사진' }).click()
    await page.locator('#discord .attached button').waitFor()
    const thread = await say('discord', '@Damso 이 영수증 좀 봐 주세요')
    await thread.locator('.message.bot', { hasText: '사진은 아직 볼 수 없어요' }).waitFor()
    await page.locator('#discord img.picture').waitFor()
  })

  test('the app killed in the middle of an answer gives exactly one', { timeout: 120_000 }, async () => {
    const threads = [
      await say('slack', '@Damso 주문 조회 API 표와 코드 부탁드려요'),
      await say('discord', '@Damso 주문 조회 API 표와 코드 부탁드려요'),
    ]
    for (const thread of threads) await thread.locator('.message.bot.growing').waitFor()
    await page.locator('#kill').click()
    await page.locator('#app-state.stopped').waitFor()
    await page.locator('#app-state.running').waitFor({ timeout: START_MS })
    for (const thread of threads) {
      await thread.locator('.message.bot').getByRole('button', { name: FEEDBACK }).waitFor()
      expect(await thread.locator('.message.bot').count()).toBe(1)
      expect(await thread.locator('.message.bot.growing').count()).toBe(0)
      await expectText(thread.locator('.message.bot'), 'A-0000')
    }
    await expectText(page.locator('#restarts'), '다시 켜짐')
  })

  test('a message that is delivered twice is answered once', { timeout: 60_000 }, async () => {
    await page.locator('#twice').click()
    await page.locator('#twice[aria-pressed=true]').waitFor()
    const thread = await say('slack', '@Damso 교환하고 싶어요')
    await thread.locator('.message.bot').getByRole('button', { name: FEEDBACK }).waitFor()
    expect(await thread.locator('.message.bot').count()).toBe(1)
    await expectText(page.locator('#pings'), '0건')
  })

  testControls(() => ({ page, stage }))
  testPeople(() => ({ page, stage }))
})
