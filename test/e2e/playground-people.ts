// The people's desk and translation in the playground, each control pressed as a person presses it. Part of
// playground.test.ts, whose page they use.
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Scene } from './playground-controls.ts'
import { expectText, use } from './playground-page.ts'

const PLATFORMS = ['slack', 'discord']

export function testPeople(scene: () => Scene): void {
  const pane = (platform: string): Locator => scene().page.locator(`#${platform}`)
  const chip = async (platform: string, group: string, name: string): Promise<void> => {
    await pane(platform).getByRole('tab', { name: group }).click()
    await pane(platform).locator('.examples').getByRole('button', { name, exact: true }).click()
  }
  const said = (platform: string, text: string): Locator =>
    pane(platform).locator('.message', { hasText: text }).last()
  const press = (message: Locator, label: string): Promise<void> =>
    message.getByRole('button', { name: label, exact: true }).click()
  const room = (platform: string, name: string): Locator =>
    pane(platform).getByRole('navigation').getByRole('button', { name })
  const become = (platform: string, who: string): Promise<unknown> =>
    pane(platform).locator('select.who').selectOption(who)

  test.for(PLATFORMS)(
    'on %s a customer gets a person: card, claim, help for staff, answer, stars and a comment',
    { timeout: 120_000 },
    async (platform) => {
      const here = pane(platform)
      await chip(platform, '상담원', '상담원 연결 (민지)')
      await said(platform, '담당자에게 전달했어요').waitFor()
      await room(platform, '상담팀').locator('.fresh').waitFor()
      await room(platform, '상담팀').click()
      await expect.poll(() => here.locator('select.who').inputValue()).toBe('sora')
      const card = here
        .locator('.message.bot:not(.private)', { hasText: /— 민지\s*상담원 연결해 주세요/ })
        .last()
      await expectText(card, '[리허설] 요약 대신 고객의 마지막 말')
      await press(card, '맡기 · Claim')
      await expectText(card, '담당 · Assignee: 소라')

      await press(card, '요약 · Summary')
      await here.locator('.message.private', { hasText: '요약 대신 고객의 마지막 말' }).waitFor()
      await press(card, '답변 제안 · Suggest a reply')
      await here.locator('.message.private', { hasText: '답변 제안' }).waitFor()
      await chip(platform, '상담원', '소라: 내부 메모')
      await expectText(said(platform, '// 지난달에도').locator('.reactions'), '📝')
      await chip(platform, '상담원', '소라: 상용구 저장')
      await said(platform, '상용구를 저장했어요').waitFor()
      await chip(platform, '상담원', '도윤: 말투 보기')
      await said(platform, '고객이 불편하게 느낄 수 있는 곳').waitFor()
      await chip(platform, '상담원', '도윤: 티켓 목록')
      await here.locator('.message.private', { hasText: /상담 \d+건/ }).waitFor()

      await chip(platform, '상담원', '소라: 상용구 쓰기')
      const preview = here.locator('.message.bot', { hasText: '민지님, 교환 상품을 오늘' }).last()
      await press(preview, '고치기 · Edit')
      await here.getByRole('dialog').getByRole('button', { name: '취소' }).click()
      await here.getByRole('dialog').waitFor({ state: 'detached' })
      await press(preview, '고치기 · Edit')
      await here.getByRole('dialog').getByRole('textbox').fill('민지님, 새 뚜껑을 오늘 보내 드립니다.')
      await here.getByRole('dialog').locator('.primary').click()
      await said(platform, '소라 → 고객님').waitFor()
      await press(card, '해결 · Resolve')
      await expectText(card, '상태 · Status: 해결')

      await become(platform, 'minji')
      await expectText(here.locator('header.room'), '문의')
      await said(platform, '새 뚜껑을 오늘 보내 드립니다').waitFor()
      expect(await here.textContent()).not.toContain('지난달에도')
      await press(said(platform, '상담이 마무리되었어요'), '★★★★')
      await press(here.locator('.message.private').last(), '의견 남기기')
      await here.getByRole('dialog').getByRole('textbox').fill('빨라서 좋았어요')
      await here.getByRole('dialog').locator('.primary').click()
      await here.getByRole('dialog').waitFor({ state: 'detached' })
      await become(platform, 'sora')
      await room(platform, '상담팀').click()
      await said(platform, '빨라서 좋았어요').waitFor()
    },
  )

  test.for(PLATFORMS)(
    'on %s an angry customer is given to a person',
    { timeout: 60_000 },
    async (platform) => {
      await chip(platform, '상담원', '화난 고객')
      await expectText(pane(platform).locator('.thread').last(), '담당자에게 전달했어요')
      await room(platform, '상담팀').click()
      await expectText(
        pane(platform).locator('.message.bot:not(.private)', { hasText: '— 민지' }).last(),
        '최악',
      )
    },
  )

  test.for(PLATFORMS)(
    'on %s Dave and Sora each read their own language; a translation is corrected, and held when asked',
    { timeout: 120_000 },
    async (platform) => {
      const here = pane(platform)
      await chip(platform, '상담원', 'I want a person (Dave)')
      await said(platform, 'passed this on to our team').waitFor()
      await chip(platform, '상담원', '소라: 답하기')
      const notice = said(platform, '[rehearsal] We are sorry for the trouble.')
      await press(notice, '번역 고치기 · Correct')
      await here
        .getByRole('dialog')
        .getByRole('textbox')
        .fill('Sorry! A new lid arrives in 2–3 business days.')
      await here.getByRole('dialog').locator('.primary').click()
      await here.getByRole('dialog').waitFor({ state: 'detached' })

      await chip(platform, '상담원', 'Dave: 이어서 묻기')
      await said(platform, 'Do I have to send').waitFor()
      const copy = said(platform, 'Sorry! A new lid arrives')
      await press(copy, '원문 보기 · Show original')
      await here.locator('.message.private', { hasText: '불편을 드려 죄송합니다' }).waitFor()
      await room(platform, '상담팀').click()
      await said(platform, '[리허설] 감사합니다! 깨진 뚜껑은 돌려보내야 하나요?').waitFor()

      await chip(platform, '번역', '보내기 전에 확인')
      await said(platform, '확인한 뒤 보내기').waitFor()
      await chip(platform, '상담원', '소라: 답하기')
      const held = here
        .locator('.message.bot', { has: scene().page.getByRole('button', { name: '보내기 · Send' }) })
        .last()
      await press(held, '보내기 · Send')
      await here.locator('textarea[name=message]').fill('@Damso 설정 번역확인 끔')
      await here.locator('textarea[name=message]').press('Enter')
    },
  )

  test.for(PLATFORMS)(
    'on %s a text, a message with a flag, a channel and the newest messages are translated, and what is wrong is said',
    { timeout: 120_000 },
    async (platform) => {
      const here = pane(platform)
      await chip(platform, '번역', '/번역 (나만 보기)')
      const mine = here.locator('.message.private', { hasText: '[rehearsal] If you order by 3 p.m.' }).last()
      await press(mine, 'Share in thread · 스레드에 공유')
      await expectText(said(platform, '민지 님이 공유한 번역'), '리허설 모델입니다. EXAONE이 아닙니다.')
      await chip(platform, '번역', '글에 🇺🇸 달기')
      await expectText(here.locator('.thread .message.bot').last(), 'If you order by 3 p.m.')
      await chip(platform, '번역', '값이 틀린 번역')
      await expectText(said(platform, 'arrive in four days'), '확인 필요')
      await use(said(platform, '교환 상품은 사흘'), '일본어로 번역 (국기)')
      await expectText(said(platform, '[rehearsal] 교환 상품은 사흘'), '확인 필요')

      await chip(platform, '번역', '자동 번역 채널에 쓰기')
      await expectText(here.locator('header.room'), '한영-모두')
      await expectText(here.locator('.thread .message.bot'), '[리허설] 감사합니다! 깨진 뚜껑은')
      await room(platform, '문의').click()

      await chip(platform, '번역', '용어집에 넣기')
      await said(platform, '용어집에').waitFor()
      await chip(platform, '번역', '용어가 든 글에 🇺🇸')
      await said(platform, 'We refund your deposit').waitFor()
      await chip(platform, '번역', '최근 5개 번역')
      await here.locator('.message.private', { hasText: 'We refund your deposit' }).waitFor()
      await use(said(platform, '교환 상품은 사흘'), '번역')
      await here.locator('.message.private', { hasText: 'arrive in four days' }).waitFor()
    },
  )
}
