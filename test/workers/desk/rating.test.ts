// What a customer thinks of a case: kept with who had it, asked anew when it was opened again, and counted once.
import { beforeEach, expect, test } from 'vitest'
import { createForgetCases } from '../../../src/desk/forget.ts'
import { createReportReader } from '../../../src/report/read.ts'
import { MINJI, useStore, WORKSPACE } from '../rig.ts'
import { AGENT, createDeskScene, type DeskScene } from './desk-scene.ts'

const storeOf = useStore()
const time = { now: 0 }

beforeEach(async () => {
  await storeOf().db.query('delete from tickets')
  time.now = Date.parse('2026-12-01T10:00+09:00')
})

const createScene = () => createDeskScene(storeOf(), time)

async function rate(scene: DeskScene, stars: number, author = MINJI): Promise<void> {
  const { id } = await scene.row()
  const lane = `cmd:rating:${scene.lane}:${stars}:${time.now}`
  const body = { id: String(id), rating: String(stars) }
  await scene.say(lane, '', { kind: 'rating-decision', queue: 'relay', body, author })
  await scene.run(lane, 'relay')
}

const ratings = async ({ store, row }: DeskScene) =>
  store.db.query(
    'select opening, by, person, person_name, stars from ticket_ratings where ticket = $1 order by opening',
    [(await row())['id']],
  )

const counted = async ({ store }: DeskScene) => {
  const period = { from: new Date('2026-11-01'), to: new Date('2027-01-01'), workspace: WORKSPACE }
  return (await createReportReader(store.db).cases(period)).map(({ rating, ratedBy, ratedPerson }) => ({
    ...{ rating, ratedBy, ratedPerson },
  }))
}

const asked = (scene: DeskScene): number =>
  scene.screen.shown().filter(({ content }) => content.buttons?.at(-1)?.label === '★★★★★').length

test('stars say who had the case, and those of nobody are the bot’s', async () => {
  const theirs = await createScene()
  await theirs.staffWrites('보내 드렸어요.')
  await theirs.press('resolve')
  await rate(theirs, 4)
  expect(await ratings(theirs)).toEqual([
    { opening: 1, by: 'person', person: AGENT.id, person_name: 'Alex', stars: 4 },
  ])
  const nobodys = await createScene()
  await nobodys.press('resolve')
  await rate(nobodys, 3)
  expect(await ratings(nobodys)).toMatchObject([{ by: 'bot', person: null, stars: 3 }])
  expect(await counted(nobodys)).toEqual([
    { rating: 4, ratedBy: 'person', ratedPerson: AGENT.id },
    { rating: 3, ratedBy: 'bot', ratedPerson: null },
  ])
})

test('opened again and resolved again, its customer is asked again, and only the newest stars count', async () => {
  const scene = await createScene()
  await scene.staffWrites('보내 드렸어요.')
  await scene.press('resolve')
  await rate(scene, 1)
  expect(asked(scene)).toBe(1)
  await scene.customerWrites('아직 안 왔어요.')
  expect(await scene.row()).toMatchObject({ status: 'waiting-staff', rating: null, opening: 2 })
  // At night: the morning's question is not left out because of the old stars.
  time.now = Date.parse('2026-12-01T23:00+09:00')
  await scene.press('resolve')
  await scene.at('2026-12-02T09:00+09:00')
  expect(asked(scene)).toBe(2)
  await rate(scene, 5)
  expect(await ratings(scene)).toMatchObject([
    { opening: 1, stars: 1 },
    { opening: 2, stars: 5 },
  ])
  expect(await scene.row()).toMatchObject({ rating: 5 })
  expect(await counted(scene)).toMatchObject([{ rating: 5 }])
})

test('old stars pressed while it is open again judge the end that they were about', async () => {
  const scene = await createScene()
  await scene.staffWrites('보내 드렸어요.')
  await scene.press('resolve')
  await scene.customerWrites('아직 안 왔어요.')
  await rate(scene, 2)
  expect(await ratings(scene)).toMatchObject([{ opening: 1, stars: 2 }])
  expect(await scene.row()).toMatchObject({ rating: null })
  await scene.press('resolve')
  expect(asked(scene)).toBe(2)
})

test('somebody of the team who is forgotten is named no more, and the stars stay', async () => {
  const scene = await createScene()
  await scene.staffWrites('보내 드렸어요.')
  await scene.press('resolve')
  await rate(scene, 4)
  await createForgetCases(scene.store.db).forget(WORKSPACE, AGENT.id)
  expect(await ratings(scene)).toMatchObject([{ by: 'person', person: null, person_name: null, stars: 4 }])
})
