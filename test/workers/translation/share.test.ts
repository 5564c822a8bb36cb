// The button under a private translation may be pressed as soon as it is seen.
import { expect, test } from 'vitest'
import { createShare } from '../../../workers/translation/share.ts'
import { createRig, hurry, useStore } from '../rig.ts'

const storeOf = useStore()

test('a press before the translation is written down waits for it, and then shows it to all', async () => {
  const store = storeOf()
  const seen = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  const rig = createRig(store, {
    translate: async ({ post }) => {
      await post.reply('answer', {}).finish({ text: 'It ships tomorrow.', lang: 'ko' })
      seen.resolve()
      await written.promise
      const translation = { from: 'ko', to: 'en', flags: [], target: null }
      return { type: 'answered', text: 'It ships tomorrow.', lang: 'ko', facts: { translation } }
    },
    share: createShare({ answers: store.answers, isRehearsal: () => false }),
  })
  await rig.say(rig.lane, '내일 배송돼요.', { kind: 'translate' })
  const translating = rig.run(rig.lane)
  await seen.promise
  const { id } = await rig.turnOf(rig.lane)
  const press = `${rig.lane}:share`
  await rig.say(press, '', { kind: 'share', body: { id: String(id) } })

  expect(await rig.run(press)).toMatchObject({ type: 'later' })
  expect(rig.screen.texts()).toEqual(['It ships tomorrow.'])
  written.resolve()
  await translating
  await hurry(store)
  await rig.run(press)
  expect(rig.screen.texts()).toHaveLength(2)
  expect(rig.screen.texts()[1]).toContain('It ships tomorrow.')
})
