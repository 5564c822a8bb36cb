// What staff answered in a case is proposed as an article when it is resolved: only what they wrote, and without what is
// personal.
import { expect, test } from 'vitest'
import { MINJI, useStore, WORKSPACE } from '../rig.ts'
import { openStaffScene, type StaffScene } from './staff-scene.ts'

const storeOf = useStore()
const ALEX = { ...MINJI, id: 'U5', name: 'Alex' }

async function resolved(answer: string, says: string): Promise<StaffScene> {
  const scene = await openStaffScene(storeOf(), { model: () => says })
  const { staffLane, id } = await scene.ticket()
  const thread = staffLane!.slice(staffLane!.lastIndexOf(':') + 1)
  const at = { author: ALEX, place: { ...scene.place(thread), channel: scene.staff } }
  if (answer !== '') {
    await scene.say(staffLane!, answer, at)
    await scene.run(staffLane!, 'relay')
    await scene.settle()
  }
  const body = { id, verb: 'resolve', isByStaff: true }
  await scene.say(`ticket:${id}`, '', { kind: 'ticket-decision', queue: 'relay', body, ...at })
  for (let n = 0; n < 3; n++) await scene.run(`ticket:${id}`, 'relay')
  await scene.settle()
  return scene
}

const proposals = () =>
  storeOf().db.query<Record<string, string>>(
    `select p.*, t.author from kb_proposals p join turns t on t.id = p.turn where p.workspace = $1 order by p.id desc`,
    [WORKSPACE],
  )

test('is proposed with question and answer, masked, in the customer’s name', async () => {
  const before = (await proposals()).length
  const scene = await resolved(
    '네, 두 시간까지 무료예요. 궁금하시면 010-1234-5678로 전화 주세요.',
    '**question:** 매장에 주차할 수 있나요?\nanswer: 두 시간까지 무료로 주차할 수 있고, 010-1234-5678로 문의할 수 있어요. https://evil.example',
  )
  // Nobody becomes staff by having had a case.
  expect(await storeOf().answers.isStaff(WORKSPACE, 'U1', scene.staff)).toBe(false)
  const [made, ...rest] = await proposals()
  expect(rest).toHaveLength(before)
  expect(made).toMatchObject({
    // Used in the channel of its customer only, whatever staff drew it from.
    bound: true,
    ...{ state: 'proposed', visibility: 'public', lang: 'ko', author: 'U1', proposed_by_name: 'Alex' },
    ...{ question_ko: '매장에 주차할 수 있나요?', title: '매장에 주차할 수 있나요?' },
  })
  expect(made!['answer_ko']).toMatch(/^두 시간까지 무료로 주차할 수 있고, \[전화번호\]/)
  expect(made!['answer_ko']).not.toContain('evil')
  const asked = scene.asked.find(({ system }) => system[0]!.startsWith('A support case is closed'))!
  expect(asked.user.text).toContain('Agent: 네, 두 시간까지 무료예요.')
  const cards = await storeOf().db.query(`select 1 from inbox where kind = 'proposal' and source = $1`, [
    `proposal:${made!['id']}:card`,
  ])
  expect(cards).toHaveLength(1)
})

test.each([
  ['staff wrote nothing', '', 'question: 주차되나요?\nanswer: 네, 주차하실 수 있어요.'],
  ['it was about this customer alone', '네, 고객님 주문은 내일 도착해요.', 'none'],
  [
    'the model adds a value',
    '네, 무료예요.',
    'question: 주차되나요?\nanswer: 세 시간까지 무료로 주차할 수 있어요.',
  ],
  ['the model says something else', '네, 무료예요.', '주차는 무료입니다.'],
])('is not where %s', async (_why, answer, says) => {
  const before = (await proposals()).length
  await resolved(answer, says)
  expect(await proposals()).toHaveLength(before)
})
