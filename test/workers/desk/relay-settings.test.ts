// Settings are known to every process within two seconds. What staff write meanwhile is not lost on one that still knows of
// no staff channel.
import { expect, test } from 'vitest'
import { createDesk } from '../../../src/desk.ts'
import { linkTo } from '../../../src/platforms.ts'
import { realClock } from '../../../src/real-clock.ts'
import { createSettingsStore } from '../../../src/store/settings.ts'
import { createTestModel } from '../model.ts'
import { createRig, createScreen, useStore, WORKSPACE } from '../rig.ts'
import { UNCORRECTED, UNTRANSLATED } from '../untranslated.ts'
import { AGENT, createDeskScene } from './desk-scene.ts'

const storeOf = useStore()

test('a process that has not heard of the staff channel yet hands on what staff write', async () => {
  const store = storeOf()
  const time = { now: Date.parse('2026-12-01T10:00+09:00') }
  const scene = await createDeskScene(store, time)
  // Of another process, which has read no settings so far.
  const settings = createSettingsStore(store.db)
  const late = createDesk({
    ...{ store: { ...store, settings }, platforms: { linkTo, outbounds: {} } },
    clock: { ...realClock, now: () => time.now },
    model: createTestModel(() => ({ text: 'ko: 문의\nen: Question' })),
    ...{ translate: UNTRANSLATED, correct: UNCORRECTED, reads: async () => undefined },
    queue: { wake: async () => undefined },
  })
  const { staff_place: place } = await scene.row()
  const { channel } = place as { channel: string }
  expect(settings.of(WORKSPACE, channel).staffChannel).toBeNull()
  const screen = createScreen()
  const rig = createRig(store, late.handlers, screen)
  const thread = scene.staffLane.slice(scene.staffLane.lastIndexOf(':') + 1)
  const said = { author: AGENT, place: { ...rig.place(thread), channel } }
  await rig.say(scene.staffLane, '지금 확인하고 있어요.', said)
  await rig.run(scene.staffLane, 'relay')
  expect(screen.texts().some((text) => text.includes('지금 확인하고 있어요.'))).toBe(true)
})
