// What every database must do for intake and workers; run on PGlite and on PostgreSQL.
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Enqueue } from '../../src/core/decision.ts'
import type { Author } from '../../src/core/inbound.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { createBudgets } from '../../src/store/budgets.ts'
import type { Database } from '../../src/store/db.ts'
import { createInbox } from '../../src/store/inbox.ts'
import type { Received } from '../../src/store/model.ts'
import type { Store } from '../../src/store/store.ts'

const MINJI: Author = { id: 'U1', name: '민지', kind: 'member', locale: 'ko-KR', isAdmin: false }
const DAVE: Author = { ...MINJI, id: 'U2', name: 'Dave', locale: 'en-US' }
const WS = 'slack:T1'

function enqueue({ lane = 'lane', ...more }: Partial<Enqueue>): Enqueue {
  return {
    type: 'enqueue',
    lane,
    kind: 'answer',
    queue: 'chat',
    ack: 'none',
    place: { platform: 'slack', workspace: WS, channel: 'C1', thread: lane },
    text: '배송 언제 와요?',
    body: {},
    quietMs: 0,
    ...more,
  }
}

export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store
    let count = 0
    beforeAll(async () => {
      store = await open()
    })
    afterAll(async () => {
      await store[Symbol.asyncDispose]()
    })

    const fresh = (prefix: string): string => `${prefix}${++count}`
    const say = (
      author: Author,
      lane: string,
      text: string,
      more: Partial<Enqueue> & { source?: string } = {},
    ): Promise<Received | null> =>
      store.inbox.receive(
        { workspace: WS, audience: 'a', source: more.source ?? fresh('m'), author },
        enqueue({ lane, text, ...more }),
      )
    const claim = async (lane: string, owner = 'w1') => {
      const claimed = await store.turns.claim(WS, lane, owner, 6_000)
      if (claimed.outcome !== 'claimed') throw new Error(`lane is ${claimed.outcome}`)
      return claimed.turn
    }

    it('keeps one row for a message that the platform delivers three times', async () => {
      const lane = fresh('lane')
      const source = fresh('same')
      const seen = await Promise.all([1, 2, 3].map(() => say(MINJI, lane, '배송 언제 와요?', { source })))
      expect(seen.filter((row) => row?.isNew)).toHaveLength(1)
      expect(seen.filter((row) => row?.isKnown)).toHaveLength(2)
      const turn = await claim(lane)
      expect(turn.messages.map((message) => message.text)).toEqual(['배송 언제 와요?'])
    })

    it('keeps one row when several gateways hear of it', async () => {
      const lane = fresh('lane')
      const row = { workspace: WS, audience: 'a', source: fresh('same'), author: MINJI }
      const gateways = [1, 2, 3].map(() => createInbox(store.db, { perPerson: 5, perWorkspace: 500 }))
      const seen = await Promise.all(gateways.map((inbox) => inbox.receive(row, enqueue({ lane }))))
      expect(seen.filter((one) => one?.isNew)).toHaveLength(1)
      expect((await claim(lane)).messages).toHaveLength(1)
    })

    it('lets one worker have a lane and refuses the other until the lease is given back', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '환불되나요?')
      const [one, two] = await Promise.all(
        ['w1', 'w2'].map((owner) => store.turns.claim(WS, lane, owner, 6_000)),
      )
      expect([one?.outcome, two?.outcome].sort()).toEqual(['claimed', 'refused'])
      const winner = one?.outcome === 'claimed' ? one : two
      if (winner?.outcome !== 'claimed') throw new Error('nobody has the lane')
      expect(
        await store.turns.finish(winner.turn.id, winner.turn.lease, { state: 'done', answer: '네, 됩니다.' }),
      ).toBe(0)
      expect((await store.turns.claim(WS, lane, 'w3', 6_000)).outcome).toBe('empty')
    })

    it('takes no more turns of chats at once than may run, however many claim beside each other', async () => {
      const own = await open()
      const lanes = Array.from({ length: 6 }, () => fresh('lane'))
      const ask = (lane: string, queue: 'chat' | 'batch' = 'chat') =>
        own.inbox.receive(
          { workspace: WS, audience: 'a', source: fresh('m'), author: { ...MINJI, id: fresh('U') } },
          enqueue({ lane, text: '배송 언제 와요?', queue }),
        )
      const take = (lane: string, mostRunning?: number) =>
        own.turns.claim(WS, lane, 'w1', 6_000, mostRunning === undefined ? {} : { mostRunning })
      for (const lane of lanes) await ask(lane)
      const batch = fresh('lane')
      await ask(batch, 'batch')
      expect((await take(batch)).outcome).toBe('claimed')

      const first = await Promise.all(lanes.map((lane) => take(lane, 2)))
      expect(first.map(({ outcome }) => outcome).sort()).toEqual([
        ...['claimed', 'claimed'],
        ...['full', 'full', 'full', 'full'],
      ])
      const waiting = lanes.filter((_, n) => first[n]?.outcome === 'full')
      const [running] = first.filter((one) => one.outcome === 'claimed')
      if (running?.outcome !== 'claimed') throw new Error('none runs')
      await own.turns.finish(running.turn.id, running.turn.lease, { state: 'done' })
      expect((await take(waiting[0]!, 2)).outcome).toBe('claimed')
      expect((await take(waiting[1]!, 2)).outcome).toBe('full')
      // Those of a worker that is gone do not count.
      await own.db.query("update lanes set lease_until = now() - interval '1 second'", [])
      expect((await take(waiting[1]!, 2)).outcome).toBe('claimed')
      await own[Symbol.asyncDispose]()
    })

    it('lets a worker that was overtaken write nothing', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '교환 문의드려요')
      const old = await store.turns.claim(WS, lane, 'slow', 1)
      if (old.outcome !== 'claimed') throw new Error('not claimed')
      await expect
        .poll(async () => (await store.turns.claim(WS, lane, 'fast', 6_000)).outcome)
        .toBe('claimed')
      const { lease, id } = old.turn
      expect(await store.posts.opened(id, 'answer.0', 'ts-old', lease)).toBe(false)
      expect(await store.posts.closed(id, 'answer.0', 'ts-old', 'h', lease)).toBe(false)
      expect(await store.turns.finish(id, lease, { state: 'done' })).toBeNull()
      expect(await store.turns.refresh(lease, 6_000)).toBeNull()
      expect(await store.leases.renew('slow', [lease], 6_000)).toEqual([])
    })

    it('answers consecutive messages of one person together and the next person in a turn of their own', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '안녕하세요', { quietMs: 0 })
      await say(MINJI, lane, '주문했는데요')
      await say(DAVE, lane, 'me too')
      const first = await claim(lane)
      expect(first.messages.map((message) => message.text)).toEqual(['안녕하세요', '주문했는데요'])
      expect(await store.turns.finish(first.id, first.lease, { state: 'done', answer: '네' })).toBe(1)
      const second = await claim(lane)
      expect(second.author.id).toBe('U2')
      expect(second.history).toEqual([
        { role: 'other', text: '안녕하세요' },
        { role: 'other', text: '주문했는데요' },
        { role: 'bot', text: '네' },
      ])
    })

    it('waits for quiet after a fragment, and not when a whole question follows', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '안녕하세요', { quietMs: 5_000 })
      expect((await store.turns.claim(WS, lane, 'w1', 6_000)).outcome).toBe('quiet')
      await say(MINJI, lane, '배송 언제 오나요?')
      expect((await claim(lane)).messages).toHaveLength(2)
    })

    it('joins top-level messages of one person into the open burst, and only theirs', async () => {
      const channel = fresh('C')
      const first = await say(MINJI, fresh('lane'), '안녕하세요', { burst: channel, quietMs: 5_000 })
      const more = await say(MINJI, fresh('lane'), '주문했는데요', {
        burst: channel,
        onlyIf: 'burst-is-open',
      })
      expect(more?.lane).toBe(first?.lane)
      expect(
        await say(DAVE, fresh('lane'), '점심 뭐 먹지', { burst: channel, onlyIf: 'burst-is-open' }),
      ).toBeNull()
      const turn = await claim(first?.lane ?? '')
      await store.posts.opened(turn.id, 'answer.0', fresh('ts'), turn.lease)
      expect(
        await say(MINJI, fresh('lane'), '그리고요', { burst: channel, onlyIf: 'burst-is-open' }),
      ).toBeNull()
    })

    it('follows a thread only while the asker alone writes in it', async () => {
      const lane = fresh('lane')
      expect(await say(MINJI, lane, '이건 누구 스레드죠?', { onlyIf: 'thread-is-ours' })).toBeNull()
      await say(MINJI, lane, '배송 문의요')
      const turn = await claim(lane)
      await store.turns.finish(turn.id, turn.lease, { state: 'done', answer: '내일 도착해요.' })
      expect((await say(MINJI, lane, '고마워요, 그럼 반품은요?', { onlyIf: 'thread-is-ours' }))?.state).toBe(
        'pending',
      )
      expect((await say(DAVE, lane, '제가 봐 드릴게요', { onlyIf: 'thread-is-ours' }))?.state).toBe('noted')
      expect((await say(MINJI, lane, '네 부탁드려요', { onlyIf: 'thread-is-ours' }))?.state).toBe('noted')
      expect(await store.inbox.isOurs(WS, lane, 'U1', null)).toBe(false)
      expect((await say(MINJI, lane, '@damso 다시 알려 줘'))?.state).toBe('pending')
      expect(await store.inbox.isOurs(WS, lane, 'U1', null)).toBe(true)
    })

    it('finds the lane of the message that a reply points at', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '가격이 얼마예요?')
      const turn = await claim(lane)
      await store.posts.opened(turn.id, 'answer.0', 'post-77', turn.lease)
      await store.turns.finish(turn.id, turn.lease, { state: 'done', answer: '만 원이에요.' })
      const reply = await say(MINJI, fresh('lane'), '배송비는요?', {
        onlyIf: 'thread-is-ours',
        replyTo: 'post-77',
      })
      expect(reply?.lane).toBe(lane)
      expect(
        await say(MINJI, fresh('lane'), '엉뚱한 답글', { onlyIf: 'thread-is-ours', replyTo: 'nobody' }),
      ).toBeNull()
    })

    it('stops a question that still waits, but not what is asked afterwards', async () => {
      const lane = fresh('lane')
      const by = { lane, turn: null, isAdmin: false }
      await say(MINJI, lane, '기다리는 질문')
      expect(await store.inbox.stop(WS, { ...by, author: 'U9' })).toBe(false)
      expect(await store.inbox.stop(WS, { ...by, author: 'U1' })).toBe(true)
      const stopped = await claim(lane)
      expect(stopped.isStopped).toBe(true)
      // Given back because the model is away, it is still stopped.
      await store.turns.finish(stopped.id, stopped.lease, { state: 'pending' })
      const again = await claim(lane)
      expect(again.isStopped).toBe(true)
      await store.turns.finish(again.id, again.lease, { state: 'stopped', answer: '답변하기 전에 멈췄어요.' })
      expect(await store.inbox.stop(WS, { ...by, author: 'U1' })).toBe(false)
      await say(MINJI, lane, '다음 질문')
      expect((await claim(lane)).isStopped).toBe(false)
    })

    it('stops a person’s own answers where they write, in whatever lane, and nobody else’s', async () => {
      const [mine, waiting, other, elsewhere] = ['cmd', 'msg', 'other', 'elsewhere'].map(fresh) as [
        string,
        string,
        string,
        string,
      ]
      const here = { platform: 'slack' as const, workspace: WS, channel: fresh('C'), thread: null }
      const author = { ...MINJI, id: fresh('P') }
      await say(author, mine, '하나', { place: here })
      await claim(mine)
      await say(author, waiting, '둘', { place: here })
      await say({ ...MINJI, id: fresh('P') }, other, '셋', { place: here })
      await say(author, elsewhere, '넷', { place: { ...here, thread: '17.1' } })
      const by = { lane: null, turn: null, author: author.id, isAdmin: true, place: here }
      expect(await store.inbox.stop(WS, by)).toBe(true)
      const rows = await store.db.query<{ lane: string }>(
        `select lane from lanes where 'stop' = any(signals) and lane = any($1::text[]) order by lane`,
        [[mine, waiting, other, elsewhere]],
      )
      expect(rows.map(({ lane }) => lane)).toEqual([mine, waiting].sort())
      expect(await store.inbox.stop(WS, { ...by, author: 'nobody' })).toBe(false)
    })

    it('never answers a message whose deletion came first', async () => {
      const lane = fresh('lane')
      const source = fresh('gone')
      await store.inbox.remove(WS, 'a', source)
      expect((await say(MINJI, lane, '지운 질문', { source }))?.state).toBe('gone')
      expect((await store.turns.claim(WS, lane, 'w1', 6_000)).outcome).toBe('empty')
    })

    it('takes an answer back once every message of its question is deleted, and only then', async () => {
      const lane = fresh('lane')
      const [first, second] = [fresh('doomed'), fresh('doomed')]
      await say(MINJI, lane, '주문했는데요', { source: first })
      await say(MINJI, lane, '언제 오나요?', { source: second })
      const turn = await claim(lane)
      await store.posts.opened(turn.id, 'answer.0', 'ts-doomed', turn.lease)
      await store.posts.closed(turn.id, 'answer.0', 'ts-doomed', 'h', turn.lease)
      await store.turns.finish(turn.id, turn.lease, { state: 'done', answer: '내일 도착해요.' })
      await store.inbox.remove(WS, 'a', first)
      expect(await store.sweep.withdraw(10)).toBe(0)
      await store.inbox.remove(WS, 'a', second)
      expect(await store.sweep.withdraw(10)).toBe(1)
      expect(await store.sweep.withdraw(10)).toBe(0)
      const found = await store.sweep.stranded(500, 60_000)
      expect(found.find((row) => row.lane === `gone:${turn.id}`)).toMatchObject({ queue: 'relay' })
      // Neither what was asked nor what was answered is told to the model again.
      await say(MINJI, lane, '다른 질문이에요')
      const next = await claim(lane)
      expect(next.history).toEqual([])
      const taken = await claim(`gone:${turn.id}`)
      expect(taken).toMatchObject({ id: turn.id, messages: [], posts: [{ id: 'ts-doomed', state: 'final' }] })
      expect(await store.posts.removed(turn.id, 'answer.0', taken.lease)).toBe(true)
      await store.turns.finish(taken.id, taken.lease, { state: 'gone' })
      await store.inbox.remove(WS, 'a', second)
      expect(await store.sweep.withdraw(10)).toBe(0)
    })

    it('does not call staff back because the words that called them are deleted', async () => {
      const lane = fresh('lane')
      const source = fresh('call')
      await say(MINJI, lane, '상담원 연결해 주세요', { source, kind: 'person', queue: 'relay' })
      const turn = await claim(lane)
      await store.turns.finish(turn.id, turn.lease, { state: 'done' })
      await store.inbox.remove(WS, 'a', source)
      expect(await store.sweep.withdraw(10)).toBe(0)
    })

    it('keeps nothing of an edit to a message that was never for it', async () => {
      const source = fresh('old')
      await store.inbox.edit(WS, 'a', source, '남의 글', false)
      expect(await store.db.query('select 1 from inbox where source = $1', [source])).toEqual([])
    })

    it('does once what is done once', async () => {
      expect(await store.leases.isFirst('welcomed:x', '1')).toBe(true)
      expect(await store.leases.isFirst('welcomed:x', '2')).toBe(false)
      // Of another attempt: the one before may not have come to it.
      expect(await store.leases.isFirst('welcomed:x', '1')).toBe(true)
    })

    it('has one turn carry the first notice, whoever works on it', async () => {
      const author = { ...MINJI, id: fresh('N') }
      const [one, two] = [fresh('lane'), fresh('lane')]
      await say(author, one, '하나')
      await say(author, two, '둘')
      const first = await claim(one)
      const second = await claim(two)
      expect(await store.turns.claimNotice(first.id, first.lease)).toBe(true)
      expect(await store.turns.claimNotice(second.id, second.lease)).toBe(false)
      // Its worker dies right here; the next one finds the notice where it was.
      await store.db.query(`update lanes set lease_until = '-infinity' where lane = $1`, [one])
      const again = await claim(one)
      expect(again).toMatchObject({ id: first.id, isNotified: false })
      expect(await store.turns.claimNotice(again.id, first.lease)).toBe(false)
      expect(await store.turns.claimNotice(again.id, again.lease)).toBe(true)
      await store.turns.finish(again.id, again.lease, { state: 'failed', errorCode: 'place-gone' })
      expect(await store.turns.claimNotice(second.id, second.lease)).toBe(true)
      await store.turns.finish(second.id, second.lease, { state: 'done', answer: '네', notified: true })
      await say(author, two, '셋')
      expect((await claim(two)).isNotified).toBe(true)
    })

    it('answers the edited text when the edit came first', async () => {
      const lane = fresh('lane')
      const source = fresh('ahead')
      await store.inbox.edit(WS, 'a', source, '고친 질문', true)
      await say(MINJI, lane, '틀린 질문', { source })
      expect((await claim(lane)).messages[0]?.text).toBe('고친 질문')
    })

    it('tells the worker at once when a question that it answers is edited, deleted or stopped', async () => {
      const lane = fresh('lane')
      const source = fresh('live')
      await say(MINJI, lane, '첫 질문', { source })
      const turn = await claim(lane)
      const heard: string[] = []
      const signals = await store.onSignal((signal) => {
        if (signal.lane === lane) heard.push(signal.signal)
      })
      await store.inbox.edit(WS, 'a', source, '고친 질문', true)
      await store.inbox.stop(WS, { lane, turn: null, author: 'U9', isAdmin: false })
      await store.inbox.stop(WS, { lane, turn: null, author: 'U1', isAdmin: false })
      await say(MINJI, lane, '하나 더요')
      await store.inbox.remove(WS, 'a', source)
      await expect.poll(() => heard).toEqual(['restart', 'stop', 'more', 'delete'])
      const renewed = await store.leases.renew('w1', [turn.lease], 6_000)
      expect(renewed[0]?.signals).toEqual(['restart', 'stop', 'more', 'delete'])
      const again = await store.turns.refresh(turn.lease, 6_000)
      expect(again?.messages.map((message) => message.text)).toEqual(['하나 더요'])
      // A stop is not forgotten over a restart.
      expect(again?.isStopped).toBe(true)
      expect((await store.posts.recheck(turn.lease)).signals).toEqual(['stop'])
      await signals[Symbol.asyncDispose]()
    })

    it('refuses what is more than a person may have waiting, says so once, and leaves others alone', async () => {
      const eager = { ...MINJI, id: fresh('eager') }
      const seen: (Received | null)[] = []
      for (let index = 0; index < 8; index += 1) seen.push(await say(eager, fresh('lane'), `질문 ${index}`))
      expect(seen.map((row) => row?.state)).toEqual([
        ...Array(5).fill('pending'),
        'refused',
        'refused',
        'refused',
      ])
      expect(seen.slice(5).map((row) => row?.isTold)).toEqual([false, true, true])
      const calm = await say({ ...MINJI, id: fresh('calm') }, fresh('lane'), '저는 하나만요')
      expect(calm?.state).toBe('pending')
      expect(calm?.priority).toBeLessThan(seen[4]?.priority ?? 0)
    })

    it('takes what counts once from another, or later, while it was only refused', async () => {
      const eager = { ...MINJI, id: fresh('eager') }
      const waiting: string[] = []
      for (let index = 0; index < 5; index += 1) {
        waiting.push(fresh('lane'))
        await say(eager, waiting.at(-1)!, `질문 ${index}`)
      }
      const flagged = (source: string, who: Author): Promise<Received | null> =>
        say(who, source, '', { source, once: source, kind: 'flag', queue: 'batch' })
      const [one, two] = [fresh('flag'), fresh('flag')]
      expect((await flagged(one, eager))?.state).toBe('refused')
      expect((await flagged(two, eager))?.state).toBe('refused')
      const seen = await Promise.all([flagged(one, eager), flagged(one, DAVE), flagged(one, DAVE)])
      expect(seen.filter((row) => row?.state === 'pending' && row.isNew)).toHaveLength(1)
      expect(await claim(one)).toMatchObject({ kind: 'flag', author: { id: DAVE.id } })
      // Done once, it is done.
      expect(await flagged(one, { ...DAVE, id: fresh('late') })).toMatchObject({ isNew: false })
      for (const lane of waiting) await claim(lane)
      expect(await flagged(two, eager)).toMatchObject({ state: 'pending', isNew: true })
      // An ordinary message that was refused stays so.
      const source = fresh('again')
      for (let index = 0; index < 5; index += 1) await say(eager, fresh('lane'), `더 ${index}`)
      expect((await say(eager, fresh('lane'), '하나 더', { source }))?.state).toBe('refused')
      expect(await say(DAVE, fresh('lane'), '하나 더', { source })).toMatchObject({ isNew: false })
    })

    it('sets the first of one workspace before the sixty of another, and nobody behind who comes later', async () => {
      const ask = (workspace: string, n: number): Promise<Received | null> =>
        store.inbox.receive(
          { workspace, audience: 'a', source: `${n}`, author: { ...MINJI, id: `U${n}` } },
          enqueue({ lane: `L${n}`, text: '배송이 언제 오나요?' }),
        )
      const [busy, calm] = [fresh('busy'), fresh('calm')]
      const of = async (workspace: string, n: number): Promise<number> => (await ask(workspace, n))!.priority
      const crowd: number[] = []
      for (let n = 0; n < 60; n++) crowd.push(await of(busy, n))
      expect(crowd).toEqual([...crowd].sort((a, b) => a - b))
      const first = await of(calm, 0)
      expect(crowd.filter((priority) => priority <= first)).toHaveLength(1)
      // All but the last of them are on their way.
      await store.db.query(`update inbox set state = 'done' where workspace = $1 and source <> '59'`, [busy])
      expect(await of(busy, 60)).toBeGreaterThanOrEqual(crowd[59]!)
    })

    it('keeps the same key for a post on every attempt', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '질문이요')
      const turn = await claim(lane)
      const made = await store.posts.intend(turn.id, 'a', 'answer.1', turn.place, null, turn.lease)
      const again = await store.posts.intend(turn.id, 'a', 'answer.1', turn.place, null, turn.lease)
      expect(again?.key).toBe(made?.key)
      expect(made?.key.length).toBeLessThanOrEqual(25)
      expect(again?.intendedAt).toBe(made?.intendedAt)
      for (const row of [made, ...turn.posts])
        expect(Math.abs(row!.intendedAt - Date.now())).toBeLessThan(60_000)
    })

    it('finds lanes that wait without a wake-up, once per interval', async () => {
      const lane = fresh('stranded')
      await say(MINJI, lane, '잊힌 질문')
      const isFound = async () => (await store.sweep.stranded(500, 60_000)).some((row) => row.lane === lane)
      await expect.poll(isFound, { timeout: 5_000 }).toBe(true)
      expect(await isFound()).toBe(false)
      await store.sweep.forgetWakeUps()
      expect(await isFound()).toBe(true)
    })

    it('lets what is held of a channel go on in the order of its messages, as soon as nothing earlier is open', async () => {
      const channel = fresh('CAUTO')
      const place = { platform: 'slack' as const, workspace: WS, channel, thread: null }
      const lanes: string[] = []
      const author = { ...MINJI, id: fresh('U') }
      for (const n of [10, 9, 11]) {
        const lane = `auto:${channel}:${n}`
        lanes.push(lane)
        await say(author, lane, `글 ${n}`, { source: `${channel}:${n}`, kind: 'auto', queue: 'batch', place })
      }
      const hold = async (lane: string): Promise<string[]> => {
        const turn = await claim(lane)
        await store.turns.finish(turn.id, turn.lease, { state: 'held', queue: 'relay', facts: { auto: {} } })
        return store.turns.release(WS, channel)
      }
      const end = async (lane: string): Promise<string[]> => {
        const turn = await claim(lane)
        expect(turn).toMatchObject({ queue: 'relay', facts: { auto: {} } })
        await store.turns.finish(turn.id, turn.lease, { state: 'done' })
        return store.turns.release(WS, channel)
      }
      const [ten = '', nine = '', eleven = ''] = lanes
      expect(await hold(ten)).toEqual([])
      expect(await hold(eleven)).toEqual([])
      expect((await store.turns.claim(WS, ten, 'w1', 6_000)).outcome).toBe('empty')
      expect(await store.inbox.edit(WS, 'a', `${channel}:11`, '고친 글', false)).toEqual([
        { lane: eleven, queue: 'batch' },
      ])
      expect(await hold(nine)).toEqual([nine])
      expect(await end(nine)).toEqual([ten])
      expect(await end(ten)).toEqual([])
      expect(await hold(eleven)).toEqual([eleven])
      expect(await store.inbox.remove(WS, 'a', `${channel}:11`)).toBe(channel)
    })

    it('runs again what was edited at the moment at which it was held or shown', async () => {
      const channel = fresh('CAUTO')
      const place = { platform: 'slack' as const, workspace: WS, channel, thread: null }
      const lane = `auto:${channel}:1`
      await say(MINJI, lane, '글', { source: `${channel}:1`, kind: 'auto', queue: 'batch', place })
      for (const state of ['held', 'done'] as const) {
        const turn = await claim(lane)
        await store.inbox.edit(WS, 'a', `${channel}:1`, `고친 글 ${state}`, false)
        expect(await store.turns.finish(turn.id, turn.lease, { state, queue: 'relay' })).toBe(1)
        expect(await store.turns.release(WS, channel)).toEqual([])
      }
      expect(await claim(lane)).toMatchObject({ queue: 'batch', messages: [{ text: '고친 글 done' }] })
    })

    it('runs flags again that stand on an edited message, also at the moment of their end, and withdraws them with it', async () => {
      const author = { ...MINJI, id: fresh('P') }
      const source = fresh('flagged')
      const [en, ja] = [`flag:${source}:en`, `flag:${source}:ja`]
      for (const lane of [en, ja]) await say(author, lane, '', { source: lane, kind: 'flag', queue: 'batch' })
      const taken = await claim(en)
      const dropped = await claim(ja)
      await store.turns.finish(dropped.id, dropped.lease, { state: 'gone' })
      // That flag stood on what is not translated.
      expect(await store.inbox.edit(WS, 'a', source, '고친 글', false)).toEqual([])
      expect(await store.turns.finish(taken.id, taken.lease, { state: 'done', answer: '…' })).toBe(1)
      const again = await claim(en)
      await store.turns.finish(again.id, again.lease, { state: 'done', answer: '…' })
      expect(await store.inbox.edit(WS, 'a', source, '또 고친 글', false)).toEqual([
        { lane: en, queue: 'batch' },
      ])
      const third = await claim(en)
      expect(third).toMatchObject({ id: taken.id, messages: [{ text: '' }] })
      await store.turns.finish(third.id, third.lease, { state: 'done', answer: '…' })
      await store.inbox.remove(WS, 'a', source)
      expect(await store.sweep.withdraw(10)).toBe(1)
      expect(await claim(`gone:${taken.id}`)).toMatchObject({ id: taken.id, messages: [] })
    })

    it('shows failed turns and runs one again when asked', async () => {
      const lane = fresh('lane')
      await say(MINJI, lane, '안 되는 질문')
      const turn = await claim(lane)
      await store.turns.finish(turn.id, turn.lease, {
        state: 'failed',
        errorCode: 'model-error',
        code: 'k3f9',
      })
      expect((await store.turns.failed(50)).find((row) => row.id === turn.id)).toMatchObject({
        code: 'k3f9',
        lane,
      })
      expect(await store.turns.retry(turn.id)).toEqual([{ workspace: WS, lane, queue: 'chat' }])
      expect((await claim(lane)).messages[0]?.text).toBe('안 되는 질문')
    })

    it('forgets a person and nobody else', async () => {
      const lane = fresh('lane')
      const author = { ...MINJI, id: fresh('P') }
      await say(author, lane, '제 번호는 010-1234-5678이에요')
      const turn = await claim(lane)
      await store.turns.finish(turn.id, turn.lease, { state: 'done', answer: '네', notified: true })
      await say(author, lane, '잊어 줘', { kind: 'forget', queue: 'relay' })
      const asking = await claim(lane)
      expect(asking.isNotified).toBe(true)
      expect(await store.people.forget(WS, author.id, asking.id)).toBe(1)
      await store.turns.finish(asking.id, asking.lease, { state: 'done' })
      const left = await store.db.query<{ text: string }>('select text from inbox where author = $1', [
        author.id,
      ])
      expect(left.map((row) => row.text)).toEqual([''])
      expect((await store.db.query('select 1 from inbox where author = $1', ['U2'])).length).toBeGreaterThan(
        0,
      )
    })

    it('forgets a Discord person in every server and in direct messages', async () => {
      const author = { ...MINJI, id: fresh('D') }
      for (const workspace of ['discord:1', 'discord:2', 'discord:dm']) {
        await store.db.query(
          `insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text)
           values ($1, 'a', $2, 'l', 'answer', 'chat', 'done', $3, '내 말')`,
          [workspace, fresh('s'), author.id],
        )
      }
      expect(await store.people.forget('discord:dm', author.id, '0')).toBe(3)
    })

    it('knows whose staff a person on Discord means only while there is one server to choose', async () => {
      const person = { ...MINJI, id: fresh('D') }
      const askIn = (workspace: string) =>
        store.inbox.receive(
          { workspace, audience: 'a', source: fresh('m'), author: person },
          {
            type: 'enqueue',
            lane: fresh('lane'),
            kind: 'answer',
            queue: 'chat',
            ack: 'none',
            place: { platform: 'discord', workspace, channel: '1', thread: null },
            text: '질문',
            body: {},
            quietMs: 0,
          },
        )
      const [one, two, bare] = [fresh('discord:'), fresh('discord:'), fresh('discord:')]
      await store.settings.set(one, null, 'staffChannel', '501', 'admin')
      await store.settings.set(two, null, 'staffChannel', '502', 'admin')
      expect(await store.people.staffOf(person.id)).toBeNull()
      await askIn(bare)
      await askIn(one)
      expect(await store.people.staffOf(person.id)).toEqual({ workspace: one, channel: '501' })
      await askIn(two)
      expect(await store.people.staffOf(person.id)).toBeNull()
      await store.settings.set(two, null, 'staffChannel', null, 'admin')
      expect(await store.people.staffOf(person.id)).toEqual({ workspace: one, channel: '501' })
    })

    it('keeps settings per channel over those of the workspace', async () => {
      await store.settings.set('slack:T9', null, 'mode', 'every', 'U1')
      await store.settings.set('slack:T9', 'C7', 'mode', 'off', 'U1')
      expect(store.settings.of('slack:T9', 'C1').mode).toBe('every')
      expect(store.settings.of('slack:T9', 'C7').mode).toBe('off')
      expect(store.settings.of('slack:T8', 'C7').mode).toBe('mention')
    })

    it('lets one process at a time hold a named lease', async () => {
      expect(await store.leases.hold('shard:0', 'a', 5_000)).toBe(true)
      expect(await store.leases.hold('shard:0', 'b', 5_000)).toBe(false)
      expect(await store.leases.hold('shard:0', 'a', 5_000)).toBe(true)
      await store.leases.letGo('shard:0', 'a')
      expect(await store.leases.hold('shard:0', 'b', 5_000)).toBe(true)
    })

    it('goes on at the rate of the platform when the first burst is spent', async () => {
      const { budgets } = store
      const key = fresh('budget')
      budgets.declare(key, { perMinute: 300, burst: 10 })
      let taken = 0
      const spend = (): number => {
        if (budgets.take(key, 'may')) taken += 1
        return taken
      }
      await expect.poll(spend, { interval: 5, timeout: 6_000 }).toBe(16)
    })

    it('spends a rate budget locally, keeps a fifth for first and final writes, and stops for a 429', async () => {
      const { budgets } = store
      const key = fresh('budget')
      budgets.declare(key, { perMinute: 10, burst: 10 })
      await expect.poll(() => budgets.take(key, 'may')).toBe(true)
      let taken = 1
      for (let round = 0; round < 40; round += 1) {
        if (budgets.take(key, 'may')) taken += 1
        await budgets.refill()
      }
      expect(taken).toBeGreaterThanOrEqual(6)
      expect(taken).toBeLessThanOrEqual(9)
      expect(budgets.take(key, 'must')).toBe(true)
      budgets.block(key, 60_000)
      expect(budgets.take(key, 'must')).toBe(false)
      expect(budgets.waitMs(key, 'must')).toBeGreaterThan(50_000)
    })

    it('gives back what it has leased and not spent, so that a call now and then does not use up a limit', async () => {
      let at = 0
      let visit: Promise<unknown> = Promise.resolve()
      const query = (text: string, values?: unknown[]) => {
        visit = store.db.query(text, values)
        return visit
      }
      const db: Database = Object.create(store.db, { query: { value: query } })
      const budgets = createBudgets(db, { ...realClock, monotonic: () => at }, SILENT, 1)
      const key = fresh('budget')
      const left = async (): Promise<number> => {
        await visit
        await setImmediate()
        const rows = await store.db.query<{ tokens: number }>('select tokens from budgets where key = $1', [
          key,
        ])
        return Math.floor(rows[0]?.tokens ?? Number.NaN)
      }
      budgets.declare(key, { perMinute: 1, burst: 10 })
      expect(await left()).toBe(8)
      // Each time it holds a block of two, spends one of it, and comes back when that is too old to be kept.
      for (const rest of [8, 7, 6, 5]) {
        at += 11_000
        expect(budgets.take(key, 'may')).toBe(true)
        expect(await left()).toBe(rest)
      }
    })

    it('looks at a few rows for each message, however many wait', async () => {
      const flood = { author: { ...MINJI, id: 'U3' }, workspace: 'slack:T-flood' }
      const receive = async (n: number, author: Author): Promise<void> => {
        const source = fresh('flood')
        const what = { lane: `${source}:${n}`, burst: `C${n}` }
        await store.inbox.receive(
          { workspace: flood.workspace, audience: 'a', source, author },
          enqueue(what),
        )
      }
      // What a connection has done is told at the end of its next statement; at once, so that none is spared.
      const tell = async (): Promise<void> => {
        const statement = 'select pg_stat_force_next_flush(), pg_sleep(0.02)'
        await Promise.all(Array.from({ length: 40 }, () => store.db.query(statement)))
      }
      const looked = async (): Promise<number> => {
        await tell()
        const rows = await store.db.query<{ n: number }>(
          `select sum(idx_tup_read)::float8 as n from pg_stat_user_indexes where relname = 'inbox'`,
        )
        return rows[0]?.n ?? 0
      }
      for (let n = 0; n < 1_500; n += 1) {
        await receive(n, { ...MINJI, id: `F${n % 300}` })
        if (n % 500 !== 0) continue
        await tell()
        await store.sweep.tidy()
      }
      const before = await looked()
      for (let n = 0; n < 20; n += 1) await receive(n, DAVE)
      // Up to 200 of the workspace are counted one by one.
      expect((await looked()) - before).toBeLessThan(20 * 400)
    }, 120_000)

    it('looks at one lane for an answer, however much waits elsewhere, before the database has any statistics', async () => {
      await using fresh = await open()
      const many = `insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text, burst)
        select $1, 'a', 's' || n, 'l' || n, 'answer', 'chat', 'pending', 'U' || n % 50, '언제 와요?', 'C' || n
        from generate_series(1, 1500) n`
      await fresh.db.query(many, [WS])
      const client = await fresh.db.pool.connect()
      try {
        // Rows that the statements so far of this transaction have read.
        const read = async (statement: string, values: unknown[]): Promise<number> => {
          await client.query(statement, values)
          const { rows } = await client.query(
            'select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::float8 as n from pg_stat_xact_user_tables',
          )
          const seen = Number(rows[0].n) - before
          before += seen
          return seen
        }
        let before = 0
        await client.query('begin')
        const [lane, owner] = ['l700', 'w1']
        expect(
          await read('select damso_claim($1, $2, $3, 6000, null, false, 8)', [WS, lane, owner]),
        ).toBeLessThan(100)
        const { rows } = await client.query(
          'select id::text, epoch from turns join lanes using (workspace, lane)',
        )
        const [{ id, epoch }] = rows
        const finished = { state: 'done', answer: '내일 도착해요.' }
        expect(
          await read('select damso_finish($1, $2, $3, $4)', [id, owner, epoch, JSON.stringify(finished)]),
        ).toBeLessThan(100)
        const from = {
          workspace: WS,
          audience: 'a',
          lane: 'l800',
          kind: 'answer',
          queue: 'chat',
          burst: 'C7',
        }
        const by = { author: 'U7', authorName: '민지', authorKind: 'member', isAdmin: false }
        const said = { ...from, ...by, source: 's-new', text: '아직이요?', body: {}, place: {}, quietMs: 0 }
        const receive = 'select * from damso_receive($1::jsonb, 6000, 100, 10000)'
        // The first counts all that wait in the workspace, four times a second; others 128 of them, and the person's.
        await read(receive, [JSON.stringify({ ...said, source: 's-first' })])
        expect(await read(receive, [JSON.stringify(said)])).toBeLessThan(250)
        expect(await read(receive, [JSON.stringify({ ...said, source: 's55' })])).toBeLessThan(10)
        await client.query('rollback')
      } finally {
        client.release()
      }
    })
  })
}
