// A flag on an answer of ours: its translation follows what staff make of the answer.
import { expect, test } from 'vitest'
import type { Translate } from '../../../src/translation/model.ts'
import { createFlag } from '../../../workers/translation/flag.ts'
import { createRig, createScreen, useStore, WORKSPACE } from '../rig.ts'

const storeOf = useStore()
let channels = 0

/** `answer`: also of several posts; the flag is on the one with this number. */
async function openFlagged({ answer = '이틀 걸려요.', maxChars = 1_000, on = 0 } = {}) {
  const store = storeOf()
  // Each screen numbers its messages from one.
  const channel = `C${++channels}FLAG`
  const screen = createScreen({
    maxChars,
    // An answer of one post reads as before it was set right.
    read: async (_place, source) => {
      const at = Number(/ts(\d+)$/.exec(source)?.[1]) - 1
      return { text: maxChars < 1_000 ? screen.texts()[at]! : '화면에 있는 글', thread: 'T' }
    },
  })
  const asked: string[] = []
  const translate: Translate = async ({ text, to }) => {
    asked.push(text)
    return {
      ...{ outcome: 'translated', from: 'ko', to, translation: `EN ${text}` },
      ...{ flags: [], retries: 0, memory: null },
    }
  }
  const flag = createFlag({
    ...{ translate, answers: store.answers, isRehearsal: () => false },
    ...{ targetFor: () => 'en', people: { readsOf: async () => null, toneFor: async () => null } },
  })
  const rig = createRig(
    store,
    {
      flag,
      answer: async ({ post }) => {
        await post.reply('answer', {}).finish({ text: answer, lang: 'ko' })
        return { type: 'answered', text: answer, lang: 'ko' }
      },
    },
    screen,
  )
  const place = { ...rig.place(rig.lane), channel }
  await rig.say(rig.lane, '언제 와요?', { place })
  await rig.run(rig.lane)
  const id = String((await rig.turnOf(rig.lane))['id'])
  const message = `${channel}:${(await store.answers.find(WORKSPACE, id))!.posts[on]!.id}`
  const once = `flag:${message}:en`
  await rig.say(once, '', {
    ...{ source: once, once, kind: 'flag', queue: 'batch', place },
    body: { to: 'en', target: message, room: 'channel' },
  })
  await rig.run(once, 'batch')
  return {
    ...{ asked, screen },
    translation: () => screen.shown().find(({ slot }) => slot.startsWith('translation'))?.content.text,
    /** As staff set it right, and its message is read anew. */
    async setRight(text: string, facts: object) {
      await store.answers.replace(WORKSPACE, id, text, facts)
      const again = await store.inbox.edit(WORKSPACE, `${WORKSPACE}:${channel}`, message, '', false)
      expect(again).toEqual([{ lane: once, queue: 'batch' }])
      await rig.run(once, 'batch')
    },
  }
}

test('a correction is translated into the same message, although the platform may show the old words', async () => {
  const { translation, setRight, asked, screen } = await openFlagged()
  expect(translation()).toContain('EN 이틀 걸려요.')
  const shown = screen.shown().length
  await setRight('나흘 걸려요.', { correctedBy: 'U9', withdrawn: null })
  expect(translation()).toContain('EN 나흘 걸려요.')
  expect(screen.shown()).toHaveLength(shown)
  expect(asked).toEqual(['이틀 걸려요.', '나흘 걸려요.'])
})

test('what is taken back takes its translation with it, without a model; corrected after all, it is translated again', async () => {
  const { translation, setRight, asked } = await openFlagged()
  await setRight('담당자가 철회했어요.', { withdrawn: 'U9' })
  expect(translation()).toBeUndefined()
  expect(asked).toHaveLength(1)
  await setRight('사흘 걸려요.', { correctedBy: 'U9', withdrawn: null })
  expect(translation()).toContain('EN 사흘 걸려요.')
})

test('under one of several posts of a long answer stands the translation of that post', async () => {
  const parts = ['반품은 이틀 걸려요. '.repeat(6), '환불은 나흘 걸려요. '.repeat(6)]
  const answer = parts.map((part) => part.trim()).join('\n\n')
  const { asked, screen } = await openFlagged({ answer, maxChars: 100, on: 1 })
  expect(screen.shown().filter(({ slot }) => slot.startsWith('answer'))).toHaveLength(2)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('환불은 나흘')
  expect(asked[0]).not.toContain('반품')
})
