// However long a case has become, what it is about can be asked of the smallest model; and where that fails all the same,
// staff do not read an apology that is meant for customers.
import { expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Line } from '../../../src/desk/model.ts'
import { fitContext } from '../../../src/llm/budget.ts'
import { summaryOf } from '../../../workers/desk/ticket-summary.ts'
import { createTestModel } from '../model.ts'
import { createRig, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()

test.each([2_048, 4_096, 8_192, 32_768])('a case fits a context of %i tokens', async (maxModelLen) => {
  for (const sign of ['가', '漢', '😀', 'a ']) {
    const model = createTestModel(() => ({ text: 'ko: 요약\nen: A summary' }))
    const lines = Array.from(
      { length: 30 },
      (_, n): Line => ({ by: 'customer', name: '', text: `${n} ${sign.repeat(3_000)}` }),
    )
    const small = {
      ...model,
      info: async () => ({ ok: true, id: 'm', maxModelLen, rehearsal: false }) as const,
    }
    const signal = AbortSignal.timeout(5_000)
    expect(await summaryOf(small, lines, { workspace: WORKSPACE, session: 's', signal })).toMatchObject({
      ko: '요약',
    })
    const [asked] = model.asked
    expect(() => fitContext(asked!, { maxModelLen, maxTokens: 1_024 })).not.toThrow()
    // The newest are there.
    expect(asked!.user.text).toMatch(/(?:^|\n)Customer: 29 \S/)
  }
})

test.each([
  ['ours', 'bot', 0],
  ['a person’s', 'member', 1],
] as const)('an apology for a task is shown when it was %s', async (_whose, kind, count) => {
  const failing = async (): Promise<never> => {
    throw new BotError('model-too-long', {
      retryable: false,
      say: { ko: '글이 길어요', en: 'Too long' },
      hint: 'h',
    })
  }
  const rig = createRig(storeOf(), { 'ticket-summary': failing })
  const lane = `ticket-summary:${kind}`
  const author = { id: lane, name: '', kind, locale: null, isAdmin: false }
  await rig.say(lane, '', { kind: 'ticket-summary', queue: 'batch', author, source: lane })
  await rig.run(lane, 'batch')
  expect(await rig.turnOf(lane)).toMatchObject({ state: 'failed', error_code: 'model-too-long' })
  expect(rig.screen.texts()).toHaveLength(count)
})
