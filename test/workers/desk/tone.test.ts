// A draft's tone: the rules name what is off, the model's wording must say the same, and only staff send it.
import { expect, test } from 'vitest'
import { useStore } from '../rig.ts'
import { openStaffScene } from './staff-scene.ts'

const storeOf = useStore()

test('names what is off, and sends the better wording when pressed', async () => {
  const scene = await openStaffScene(storeOf(), { model: () => '환불은 3일 안에 어려운 점 양해 부탁드려요.' })
  await scene.command('tone', '3일 안에 환불은 안 됩니다.', {}, 'chat')
  const { text } = scene.screen.shown().at(-1)!.content
  expect(text).toContain('sounds blunt: “안 됩니다”')
  expect(text).toContain('> 환불은 3일 안에 어려운 점 양해 부탁드려요.')
  expect(scene.seenBy('customer').join()).not.toContain('양해')
  await scene.press('send')
  expect(scene.seenBy('customer').at(-1)).toContain('양해 부탁드려요.')
})

test.each([
  ['a number was changed', '환불은 5일 안에 어려워요.'],
  ['a number was added', '환불은 3일 안에 어렵고 2만 원이 들어요.'],
  ['it is worse', '3일 안에는 안 돼. 몰라.'],
])('where %s, the wording is not shown', async (_, said) => {
  const scene = await openStaffScene(storeOf(), { model: () => said })
  await scene.command('tone', '환불은 3일 안에 안 됩니다.', {}, 'chat')
  const { text } = scene.screen.shown().at(-1)!.content
  expect(text).not.toContain(said)
  expect(text).toContain('Your draft')
})
