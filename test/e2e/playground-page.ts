// What the tests of the playground do on its page, as a person would.
import type { Locator, Page } from 'playwright-core'

/** The app starts in seconds, on a busy machine in many. */
export const START_MS = 90_000
export const ANSWER_MS = 30_000
export const FEEDBACK = /도움됐어요|Helpful/

/** Writes into a pane's message box; resolves with the thread of what was written. */
export async function say(page: Page, platform: string, text: string): Promise<Locator> {
  return sent(page, platform, text, async () => {
    await page.locator(`#${platform} textarea[name=message]`).fill(text)
    await page.locator(`#${platform} textarea[name=message]`).press('Enter')
  })
}

/** The same, sent in another way. */
export async function sent(
  page: Page,
  platform: string,
  text: string,
  send: () => Promise<void>,
): Promise<Locator> {
  const asked = page.locator(`#${platform} .message`, { hasText: text.replace('@Damso ', '') })
  const before = await asked.count()
  await send()
  const message = asked.nth(before)
  await message.waitFor()
  return page.locator(`#${platform} .thread[data-thread="${await message.getAttribute('data-id')}"]`)
}

/** A tool of a message. It shows under the mouse, from which a growing answer moves it away. */
export async function use(message: Locator, tool: string): Promise<void> {
  await message.hover()
  await message.locator(`.tools [aria-label="${tool}"]`).first().dispatchEvent('click')
}

export async function expectText(locator: Locator, text: string): Promise<void> {
  await locator.filter({ hasText: text }).waitFor()
}

/** What the app says in a thread for all to see. */
export const answersIn = (thread: Locator): Locator => thread.locator('.message.bot:not(.private)')

/** Waits for the one finished answer of a thread. */
export async function answered(thread: Locator): Promise<Locator> {
  const answer = answersIn(thread)
  await answer.getByRole('button', { name: FEEDBACK }).waitFor()
  return answer
}
