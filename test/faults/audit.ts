// What must be true in the end, whatever happened: every message that a platform regards as delivered is covered by
// exactly one complete visible answer, in order within its lane, and nothing looks as if it were still being written.
import { setTimeout as sleep } from 'node:timers/promises'
import { words } from '../../src/core/wording.ts'
import { markOf, quiet, unfinished } from '../e2e/audit.ts'
import { type Seen, seenOnDiscord, seenOnSlack } from '../e2e/stage.ts'
import type { FakeVllm } from '../fakes/vllm/index.ts'
import type { Lane } from './speech.ts'
import type { World } from './world.ts'

const MARK = /접수\d+번/g
const STOP_LABELS = [words('ko').stop, words('en').stop]
const BEGIN = '답변을 시작할게요'
const END = '답변은 여기까지예요'

/** The model answers with the marks of what it was asked, first and last, so that a cut or doubled answer shows. */
export function answerByMarks(vllm: FakeVllm): void {
  vllm.reply(({ lastUser }) => {
    const marks = [...new Set(lastUser.match(MARK) ?? ['접수없음'])].join(' ')
    return `${marks} ${BEGIN}. 주문 내역에서 배송 상태를 볼 수 있어요. 출고가 끝났다면 송장 번호가 함께 보여요. 평일 오후 두 시 전에 주문하시면 당일에 나가요. ${marks} ${END}.`
  })
}

export interface AuditOptions {
  /**
   * A gateway was killed: an interaction that it had acknowledged, because the database took its time, and not yet saved
   * counts as told to have failed. Discord says so itself when the token ends, after 15 minutes.
   */
  mayLoseInteractions?: boolean
}

/** Waits until nothing is wrong, for a while, and then until it stays so. Returns what is wrong, with evidence. */
export async function audit(
  world: World,
  lanes: readonly Lane[],
  { mayLoseInteractions = false }: AuditOptions = {},
): Promise<string[]> {
  if (mayLoseInteractions) await forgiveUnsaved(world, lanes)
  const faults = (): string[] => lanes.flatMap(faultsIn)
  const forgiven = new Set(lanes.filter((lane) => lane.isForgiven).map((lane) => lane.question.id))
  const looksUnfinished = (): string[] =>
    unfinished(world, slackChannels(lanes)).filter(
      (line) => ![...forgiven].some((id) => line === `thinking: interaction ${id}`),
    )
  const end = performance.now() + world.settleMs
  let movedAt = performance.now()
  const offs = [world.slack, world.discord].map((fake) => fake.onChange(() => (movedAt = performance.now())))
  // Only those that lacked something are looked at again, until none does: with thousands of lanes all take long.
  let lacking = lanes
  let isSettled = false
  while (performance.now() < Math.min(end, movedAt + world.stillMs)) {
    forgiveUnheard(world, lacking)
    lacking = lacking.filter(lacksSomething)
    if (lacking.length === 0) lacking = lanes.filter(lacksSomething)
    if (lacking.length === 0 && looksUnfinished().length === 0) {
      // A post whose answer was lost is written once more a little later, and grows again meanwhile.
      await Promise.race([quiet(world, 1_000), sleep(10_000)])
      lacking = lanes.filter(lacksSomething)
      isSettled = lacking.length === 0 && looksUnfinished().length === 0
      if (isSettled) break
    }
    await sleep(250)
  }
  for (const off of offs) off()
  if (!isSettled) await Promise.race([quiet(world, 1_000), sleep(10_000)])
  await takeSlacksOrder(world, lanes)
  const found = [...world.ended(), ...doublesIn(world, lanes), ...faults(), ...looksUnfinished()]
  if (found.length === 0) return []
  return [...found.slice(0, 8), `(${found.length} in all)`, ...(await evidence(world, found))]
}

/** Slack promises no order and sends again what was not acknowledged: there, what was saved first is answered first. */
async function takeSlacksOrder(world: World, lanes: readonly Lane[]): Promise<void> {
  for (const lane of lanes) {
    if (lane.platform !== 'slack' || !faultsIn(lane).some(isMereOrder)) continue
    const rows = await world.query<{ source: string }>(
      'select source from inbox where source like any($1::text[]) order by id',
      [lane.said.map(({ id }) => `%${id}`)],
    )
    const at = (id: string): number => rows.findIndex(({ source }) => source.endsWith(id))
    lane.said.sort((a, b) => at(a.id) - at(b.id))
  }
}

function lacksSomething(lane: Lane): boolean {
  return !faultsIn(lane).every(isMereOrder)
}

function isMereOrder(fault: string): boolean {
  return fault.startsWith('out of order')
}

/** Slack gives up after three more tries: what no process has acknowledged by then it regards as never delivered. */
function forgiveUnheard({ slack }: World, lanes: readonly Lane[]): void {
  for (const lane of lanes) {
    if (lane.platform !== 'slack' || faultsIn(lane).length === 0) continue
    for (const said of lane.said) {
      const told = slack.deliveries.filter(
        ({ payload }) => (payload['event'] as { ts?: string } | undefined)?.ts === said.id,
      )
      if (told.length === 0 || told.some(({ status }) => status !== 'failed')) continue
      said.isUnheard = true
      said.atLeast = () => 0
    }
  }
}

async function forgiveUnsaved(world: World, lanes: readonly Lane[]): Promise<void> {
  for (const lane of lanes) {
    const interaction = world.discord.interactions().find(({ id }) => id === lane.question.id)
    if (interaction?.state !== 'thinking') continue
    const rows = await world.query('select 1 from inbox where text like $1', [
      `%${markOf(lane.said[0]!.number)}%`,
    ])
    if (rows.length > 0) continue
    lane.isForgiven = true
    for (const said of lane.said) said.atLeast = () => 0
  }
}

/** Every fault of one lane. */
export function faultsIn(lane: Lane): string[] {
  const answers = lane.answers().filter(({ text }) => text.match(MARK))
  const found = answers.flatMap(faultsOf)
  // A notice that was to be replaced, a second apology, a first word: nothing of it may stay beside an answer.
  if (lane.said.every((said) => said.atLeast() > 0))
    // Where “thinking” stands until the token ends, Discord says itself that there was no answer.
    for (const { text } of lane.answers())
      if (!text.match(MARK) && !(lane.isForgiven && text === ''))
        found.push(`left beside ${markOf(lane.said[0]!.number)}: ${text}`)
  const order: number[] = []
  const covered = new Map<number, number>()
  const at = (number: number): number => lane.said.findIndex((said) => said.number === number)
  for (const { text } of answers) {
    const numbers = [...new Set(text.match(MARK))].map((mark) => Number(mark.slice(2, -1)))
    for (const number of numbers) covered.set(number, (covered.get(number) ?? 0) + 1)
    // One answer to several is asked in the order of their writing, whatever order they came in.
    order.push(...numbers.sort((a, b) => at(a) - at(b)))
  }
  for (const said of lane.said) {
    const times = covered.get(said.number) ?? 0
    if (times > said.atMost()) found.push(`${markOf(said.number)}: ${times} answers`)
    if (times < said.atLeast()) found.push(`${markOf(said.number)}: no answer`)
  }
  const expected = lane.said.map(({ number }) => number).filter((number) => covered.has(number))
  if (found.length === 0 && order.join() !== expected.join())
    found.push(
      `out of order on ${lane.platform} (${lane.question.id}): said ${expected.join()}, answered ${order.join()}`,
    )
  return found
}

/** Whole answers more than there may be, wherever the bot has spoken: a second one may be where the first does not belong. */
export function doublesIn(
  { slack, discord }: Pick<World, 'slack' | 'discord'>,
  lanes: readonly Lane[],
): string[] {
  const shown = [
    ...slack
      .everything()
      .filter(({ isBot }) => isBot)
      .map(seenOnSlack),
    ...discord
      .everything()
      .filter(({ authorId }) => authorId === discord.botId)
      .map(seenOnDiscord),
  ]
  const times = new Map<string, number>()
  for (const { text } of shown) {
    if (!text.includes(BEGIN) || !text.includes(END)) continue
    const ended = text.slice(text.indexOf(BEGIN)).match(MARK)
    for (const mark of new Set(ended)) times.set(mark, (times.get(mark) ?? 0) + 1)
  }
  return lanes
    .flatMap(({ said }) => said)
    .flatMap((said) => {
      const found = times.get(markOf(said.number)) ?? 0
      return found > Math.max(1, said.atMost())
        ? [`${markOf(said.number)}: ${found} whole answers in all places`]
        : []
    })
}

function faultsOf({ text, isDone, buttons }: Seen): string[] {
  const at = text.indexOf(BEGIN)
  const name = text.match(MARK)?.[0]
  if (!isDone) return [`${name}: not complete: ${text}`]
  if (buttons.some((label) => STOP_LABELS.includes(label))) return [`${name}: still has its Stop button`]
  const begun = marksIn(text.slice(0, at))
  const ended = marksIn(text.slice(at))
  const once = text.split(BEGIN).length === 2 && text.split(END).length === 2
  return begun === ended && once ? [] : [`${name}: cut or doubled: ${text}`]
}

/** A command's answer quotes its question, so a mark may stand there twice. */
function marksIn(text: string): string {
  return [...new Set(text.match(MARK))].join()
}

function slackChannels(lanes: readonly Lane[]): string[] {
  return ['C1', ...new Set(lanes.flatMap((lane) => (lane.slackDm ? [lane.slackDm] : [])))]
}

/** What the database and the processes know of the first messages that are named. */
async function evidence(world: World, found: readonly string[]): Promise<string[]> {
  const marks = [...new Set(found.join(' ').match(MARK) ?? [])].slice(0, 3)
  const rows: string[] = []
  try {
    for (const mark of marks) {
      const known = await world.query(
        `select i.source, i.lane, i.kind, i.state, i.created_at as said, i.ready_at as ready, t.id as turn,
           t.state as turn_state, t.crashes, t.attempts, t.is_visible, t.error_code, t.not_before, t.done_at,
           l.epoch, l.owner, l.lease_until, l.woken_at,
           (select json_agg(json_build_object('slot', p.slot, 'state', p.state, 'id', p.platform_id, 'key', p.key)) from posts p where p.turn = t.id) as posts
         from inbox i left join turns t on t.id = i.turn left join lanes l on l.workspace = i.workspace and l.lane = i.lane
         where i.text like $1`,
        [`%${mark}%`],
      )
      rows.push(`  ${mark} in the database: ${JSON.stringify(known)}`)
    }
  } catch (error) {
    rows.push(`  the database could not be asked: ${(error as Error).message}`)
  }
  const threads = found.flatMap(
    (fault) => /^(?:Stop is shown|status) in (\S+?):?(?: |$)/.exec(fault)?.[1] ?? [],
  )
  for (const thread of threads.slice(0, 3)) {
    const calls = world.slack.calls
      .filter(({ method, args }) => /setStatus|Stream$|chat\./.test(method) && args['thread_ts'] === thread)
      .map(
        ({ at, method, args, ok }) =>
          `${at} ${method} ${String(args['status'] ?? '')}${ok ? '' : ' refused'}`,
      )
    rows.push(`  calls in ${thread}:\n    ${calls.join('\n    ')}`)
  }
  const codes = found.flatMap((fault) => /문의 코드 (\w+)/.exec(fault)?.[1] ?? [])
  for (const code of codes.slice(0, 3)) rows.push(`  of code ${code}:\n${world.saidOf(code)}`)
  return [...rows, `  the processes said:\n${world.trouble()}`]
}
