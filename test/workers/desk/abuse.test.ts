// A customer who is abusive: hidden from staff until they press, one warning, and then the lead.
import { expect, test } from 'vitest'
import { ABUSE, WARNING } from '../../../workers/desk/abuse.ts'
import { useStore, WORKSPACE } from '../rig.ts'
import { openStaffScene } from './staff-scene.ts'

const storeOf = useStore()

test('is hidden, warned for once, and the second time goes to the lead', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', 'U77|대표', 'U9')
  const scene = await openStaffScene(store)
  await scene.customerSays('씨발 환불해 달라고')
  expect(scene.seenBy('staff').join()).not.toContain('씨발')
  expect(scene.seenBy('staff').at(-1)).toContain(ABUSE.hidden)
  expect(scene.seenBy('customer').filter((text) => text.startsWith(WARNING.ko))).toHaveLength(1)
  expect(scene.seenBy('customer').join()).toContain('책임자에게 넘어갑니다')
  expect(await scene.ticket()).toMatchObject({ priority: 'normal', assignee: null })
  await scene.customerSays('주문 번호는 A-1이에요.')
  expect(scene.seenBy('staff').at(-1)).toContain('A-1')
  await scene.customerSays('이 개새끼야')
  await scene.customerSays('병신아')
  const staff = scene.seenBy('staff')
  expect(staff.join()).not.toMatch(/개새끼|병신/)
  expect(staff.filter((text) => text === ABUSE.toLead('대표'))).toHaveLength(1)
  expect(scene.seenBy('customer').filter((text) => text.startsWith(WARNING.ko))).toHaveLength(1)
  expect(await scene.ticket()).toMatchObject({ priority: 'urgent', assignee: 'U77', assigneeName: '대표' })
})

test('can be read by whoever presses Show, alone, and only of that very case', async () => {
  const other = await openStaffScene(storeOf())
  const scene = await openStaffScene(storeOf(), { lang: 'en' })
  await scene.customerSays('You are a fucking idiot')
  const { buttons } = scene.screen
    .shown()
    .findLast(({ content }) => content.buttons?.[0]?.label === ABUSE.show)!.content
  const id = buttons![0]!.value.replace(/^show:/, '')
  expect(scene.seenBy('customer').join('\n')).toContain(WARNING.en)
  await scene.press('show', `${(await other.ticket()).id}:${id.split(':')[1]}`)
  expect(scene.screen.texts().at(-1)).not.toContain('idiot')
  await scene.press('show', id)
  expect(scene.screen.texts().at(-1)).toContain('> You are a fucking idiot')
  expect(scene.screen.hidden.at(-1)).toBe(true)
})

test('nobody is threatened with a supervisor who does not exist', async () => {
  const store = storeOf()
  await store.settings.set(WORKSPACE, null, 'lead', null, 'U9')
  const scene = await openStaffScene(store)
  await scene.customerSays('씨발 환불해 달라고')
  expect(scene.seenBy('customer')).toContain(WARNING.ko)
  expect(scene.seenBy('customer').join()).not.toContain('책임자')
})
