// A customer who writes English and staff who write Korean, on both platforms: each reads their own language, and what
// becomes of a message (an edit, a deletion, a restart in between) becomes of its copy.
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { type Desk, discordDesk, slackDesk } from './desk.ts'
import { openPagesWorld, type PagesWorld } from './pages.ts'
import { type Question, type Seen, type Stage, TOPIC } from './stage.ts'
import { askedOf, translationsIn } from './translation-model.ts'

const FROM_CUSTOMER: readonly [string, string][] = [
  ['I have not received my refund yet.', '아직 환불을 받지 못했어요.'],
  ['The parcel came late.', '택배가 늦게 왔어요.'],
  ['The box was open when it came.', '상자가 열린 채로 왔어요.'],
  ['Where can I send the photo?', '사진은 어디로 보내면 되나요?'],
  ['The colour is wrong as well.', '색깔도 잘못됐어요.'],
  ['I would like a blue one.', '파란색으로 받고 싶어요.'],
  ['My address has changed.', '제 주소가 바뀌었어요.'],
  ['Please call me in the morning.', '아침에 전화해 주세요.'],
  ['Is the shipping free?', '배송은 무료인가요?'],
  ['That is all for now.', '지금은 이게 다예요.'],
]
const FROM_STAFF: readonly [string, string][] = [
  ['확인해 볼게요.', 'Let me check that.'],
  ['카드사에 요청했어요.', 'I asked the card company.'],
  ['불편을 드려 죄송해요.', 'Sorry for the trouble.'],
  ['여기에 올려 주세요.', 'Please post it here.'],
  ['색깔도 확인했어요.', 'I checked the colour too.'],
  ['파란색으로 보내 드릴게요.', 'We will send a blue one.'],
  ['새 주소를 알려 주세요.', 'Please tell us the new address.'],
  ['아침에 전화드릴게요.', 'We will call in the morning.'],
  ['네, 무료예요.', 'Yes, it is free.'],
  ['더 필요하면 말씀해 주세요.', 'Let us know if you need more.'],
]
const MORE: readonly [string, string][] = [
  ['I would like a green one.', '초록색으로 받고 싶어요.'],
  ['내일 보내요.', 'We send it tomorrow.'],
  ['모레 보내요.', 'We send it the day after tomorrow.'],
  ['글피에 보내요.', 'We send it in three days.'],
  ['오늘 보냈어요.', 'We sent it today.'],
  ['환불은 안 돼요.', 'We will refund it.'],
  ['교환해 드릴게요.', 'We will exchange it.'],
  // Not said before, so nobody remembers how.
  ['새것으로 보내요.', 'We are sending a new one.'],
  ['ここに送ってください。', 'Please send it here.'],
]
const JAPANESE: readonly [string, string][] = [
  ['返金はいつになりますか。注文をキャンセルしました。', '환불은 언제 되나요? 주문을 취소했어요.'],
  ['카드사에 알렸어요.', 'カード会社に連絡しました。'],
]
/** For staff; otherwise they read Korean. */
const INTO_JAPANESE: Readonly<Record<string, string>> = {
  'Where can I send the photo?': '写真はどこに送ればいいですか。',
}
const FIRST = ['I paid with a credit card.', '신용카드로 결제했어요.'] as const
const KNOWN = new Map([FIRST, ...FROM_CUSTOMER, ...FROM_STAFF, ...MORE, ...JAPANESE])

withServer('postgres')('a customer and staff who share no language', () => {
  describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
    let pages: PagesWorld
    let stage: Stage
    let desk: Desk
    let isAway = false
    beforeAll(async () => {
      pages = await openPagesWorld(platform)
      stage = pages.stage
      const { world } = pages
      desk = platform === 'slack' ? slackDesk(world) : await discordDesk(world)
      world.vllm.reply((request) => {
        const asked = askedOf(request)
        if (asked && isAway) return { fault: '503' as const }
        // Of a copy, with the name of whoever wrote it.
        if (asked?.text.includes('We will refund it.')) return '환불해 드릴게요.'
        if (asked?.text.includes('We cannot refund it.')) return '환불해 드릴 수 없어요.'
        if (asked?.to === 'Japanese' && asked.text in INTO_JAPANESE) return INTO_JAPANESE[asked.text]!
        if (asked) return KNOWN.get(asked.text) ?? `?? ${asked.text}`
        return JSON.stringify(request.body.messages?.[0]).includes('You summarise')
          ? 'ko: 문의가 있어요.\nen: Has a question.'
          : 'It takes three days.'
      })
      await desk.open()
    }, 120_000)
    afterAll(() => pages[Symbol.asyncDispose]())

    const cardOf = async (text: string): Promise<Seen> => {
      const card = () => desk.cards().findLast((one) => one.text.includes(text))
      await stage.until(() => card() !== undefined, `a card with ${text}`, 15_000)
      return card()!
    }
    const connected = async (text: string): Promise<{ question: Question; card: Seen }> => {
      const question = stage.ask('dave', text)
      await stage.until(() => question.answers().some(({ isDone }) => isDone), 'an answer', 15_000)
      await stage.press('dave', question.answers()[0]!, /Talk to a person/)
      const card = await cardOf(text)
      await stage.until(
        () => question.answers().some((one) => one.text.includes('passed this on')),
        'the customer told',
        15_000,
      )
      // On Discord the card's thread is there with the first message in it.
      stage.follow('dave', question, FIRST[0])
      await staffSees(card, FIRST[1])
      return { question, card }
    }
    const forStaff = (card: Seen, text: string): Seen[] =>
      desk.posts(card).filter((one) => one.text.includes(text))
    const forCustomer = (question: Question, text: string): Seen[] =>
      question.answers().filter((one) => one.text.includes(text))
    const staffSees = (card: Seen, text: string): Promise<void> =>
      stage.until(() => forStaff(card, text).length > 0, `${text} for staff`, 20_000)
    const customerSees = (question: Question, text: string): Promise<void> =>
      stage.until(() => forCustomer(question, text).length > 0, `${text} for the customer`, 20_000)

    it('has twenty turns with edits, a deletion and a restart, each said once to the other', async () => {
      const { question, card } = await connected('How long does a refund take?')
      const said: Question[] = []
      const written: string[] = []
      for (let n = 0; n < 10; n++) {
        said.push(stage.follow('dave', question, FROM_CUSTOMER[n]![0]))
        if (n === 5) await pages.world.restart()
        await staffSees(card, FROM_CUSTOMER[n]![1])
        written.push(await desk.write('agent', card, FROM_STAFF[n]![0]))
        await customerSees(question, FROM_STAFF[n]![1])
      }
      for (const [original, translation] of FROM_CUSTOMER) {
        const copies = forStaff(card, translation)
        expect(copies.map(({ text }) => text.includes(original))).toEqual([true])
      }
      const prompts = pages.world.vllm.requests.flatMap((request) => (askedOf(request) ? [request] : []))
      const informed = prompts.filter(({ body }) => String(body.messages?.[0]?.content).includes(TOPIC))
      expect(informed.map(({ lastUser }) => lastUser)).toEqual(
        expect.arrayContaining([FROM_CUSTOMER[9]![0], FROM_STAFF[9]![0]]),
      )
      // Either side's words are understood by what was said before, on both sides.
      const toldWith = (text: string): string =>
        String(prompts.find(({ lastUser }) => lastUser === text)?.body.messages?.[0]?.content)
      expect(toldWith(FROM_STAFF[5]![0])).toContain(`> Customer: ${FROM_CUSTOMER[5]![0]}`)
      expect(toldWith(FROM_CUSTOMER[6]![0])).toContain(`> Support agent: ${FROM_STAFF[5]![0]}`)
      expect(toldWith(FROM_CUSTOMER[6]![0])).not.toContain(`> Customer: ${FROM_CUSTOMER[6]![0]}`)
      for (const [, translation] of FROM_STAFF) expect(forCustomer(question, translation)).toHaveLength(1)
      const copy = forCustomer(question, FROM_STAFF[0]![1])[0]!
      expect(copy.text).toContain('Alex')
      expect(copy.text).not.toContain(FROM_STAFF[0]![0])
      expect(copy.buttons.join()).toContain('Show original')

      // An edit goes into the same message, translated; a deletion takes it away.
      await staffSees(card, FROM_STAFF[9]![1])
      const before = desk.posts(card).length
      stage.edit('dave', said[5]!, MORE[0]![0])
      await staffSees(card, MORE[0]![1])
      expect(forStaff(card, FROM_CUSTOMER[5]![1])).toEqual([])
      expect(desk.posts(card)).toHaveLength(before)
      stage.remove('dave', said[6]!)
      await stage.until(() => forStaff(card, FROM_CUSTOMER[6]![1]).length === 0, 'it taken away', 20_000)
      desk.remove('agent', written[8]!)
      await stage.until(() => forCustomer(question, FROM_STAFF[8]![1]).length === 0, 'theirs too', 20_000)
      await stage.until(() => forStaff(card, FROM_STAFF[8]![1]).length === 0, 'its notice too', 20_000)
    }, 120_000)

    it('ends with the last of three edits within a second, once', async () => {
      const { question, card } = await connected('When will you send my parcel?')
      const message = await desk.write('agent', card, '내일 보내요.')
      for (const text of ['모레 보내요.', '글피에 보내요.', '오늘 보냈어요.']) {
        // No hand is faster; on the platforms each edit has a time of its own.
        await setTimeout(150)
        desk.edit('agent', message, text)
      }
      await customerSees(question, 'We sent it today.')
      await stage.until(
        () => forStaff(card, 'We sent it today.').length === 1,
        'the notice for staff',
        20_000,
      )
      expect(forCustomer(question, 'We sen')).toHaveLength(1)
    }, 60_000)

    it('lets staff correct a translation that says the opposite, and names what is wrong with it', async () => {
      const { question, card } = await connected('Can I get my money back for this?')
      await desk.write('agent', card, '환불은 안 돼요.')
      await customerSees(question, 'We will refund it.')
      await staffSees(card, 'We will refund it.')
      // Somebody reads the copy by a flag.
      stage.flag('minji', forCustomer(question, 'We will refund it.')[0]!)
      await customerSees(question, '환불해 드릴게요.')
      const notice = forStaff(card, 'We will refund it.')[0]!
      expect(notice.text).toMatch(/확인 필요[\s\S]*부정하는 말/)
      expect(forCustomer(question, 'We will refund it.')[0]!.text).not.toContain('확인 필요')
      await desk.press('agent', notice, /번역 고치기/, { text: 'We cannot refund it.' })
      await customerSees(question, 'We cannot refund it.')
      expect(forCustomer(question, 'We will refund it.')).toEqual([])
      await customerSees(question, '환불해 드릴 수 없어요.')
      expect(forCustomer(question, '환불해 드릴게요.')).toEqual([])
      await staffSees(card, '고쳐서 보냈어요')
      // From now on the same words become what a person made of them, and no model is asked.
      const asked = pages.world.vllm.requests.length
      await desk.write('agent', card, '환불은 안 돼요.')
      await stage.until(
        () => forCustomer(question, 'We cannot refund it.').length === 2,
        'the correction, remembered',
        15_000,
      )
      expect(pages.world.vllm.requests.length).toBe(asked)
    }, 60_000)

    it('holds a translation until staff send it, and shows what was written to whoever asks', async () => {
      const { question, card } = await connected('Is there somebody who speaks English?')
      await desk.set('hold on')
      await desk.write('agent', card, '교환해 드릴게요.')
      await staffSees(card, 'We will exchange it.')
      const draft = forStaff(card, 'We will exchange it.')[0]!
      expect(draft.text).toContain('보내기 전 번역')
      expect(forCustomer(question, 'We will exchange it.')).toEqual([])
      await desk.press('agent', draft, /보내기 · Send/)
      await customerSees(question, 'We will exchange it.')
      await staffSees(card, '확인하고 보냈어요')
      await desk.set('hold off')
      await desk.set('staffname 하늘상점 고객센터')
      await desk.write('agent', card, '오늘 보냈어요.')
      await customerSees(question, 'We sent it today.')
      const copy = forCustomer(question, 'We sent it today.')[0]!
      expect(copy.text).toContain('하늘상점 고객센터')
      expect(copy.text).not.toContain('Alex')
      await stage.press('dave', copy, /Show original/)
      await stage.until(() => stage.told('dave').join().includes('오늘 보냈어요.'), 'the original', 15_000)
      await desk.set('staffname person')
    }, 60_000)

    it('answers who writes a third language in it, though the bot itself speaks two', async () => {
      const { question, card } = await connected('May I write in Japanese?')
      stage.follow('dave', question, JAPANESE[0]![0])
      await staffSees(card, JAPANESE[0]![1])
      await desk.write('agent', card, JAPANESE[1]![0])
      await customerSees(question, JAPANESE[1]![1])
      // And again in English, when that is what they write.
      stage.follow('dave', question, 'The parcel came late.')
      await staffSees(card, '택배가 늦게 왔어요.')
      await desk.write('agent', card, '네, 무료예요.')
      await customerSees(question, 'Yes, it is free.')
    }, 60_000)

    it('takes staff who write another language than Korean and English too', async () => {
      const { question, card } = await connected('Does anybody there speak Japanese?')
      await desk.set('stafflanguage 일본어')
      // Every process learns of it within two seconds.
      await setTimeout(2_500)
      stage.follow('dave', question, 'Where can I send the photo?')
      await staffSees(card, '写真はどこに送ればいいですか。')
      await desk.write('agent', card, 'ここに送ってください。')
      await customerSees(question, 'Please send it here.')
      await staffSees(card, 'Please send it here.')
      await desk.set('stafflanguage ko')
      await setTimeout(2_500)
    }, 60_000)

    it('hands a picture on with the words, and names a file that the other side cannot show', async () => {
      const { question, card } = await connected('May I show you a picture?')
      const png = { name: 'box.png', mime: 'image/png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') }
      const said = stage.follow('dave', question, 'The box was open when it came.', png)
      const copy = () =>
        forStaff(card, '상자가 열린 채로 왔어요.').find(({ files }) => files?.includes('box.png'))
      await stage.until(() => copy() !== undefined, 'the picture for staff', 20_000)
      expect(copy()!.text).toMatch(/📎 box\.png \(1 KB\)/)
      // The picture stays when the words change.
      stage.edit('dave', said, 'The colour is wrong as well.')
      const edited = () => forStaff(card, '색깔도 잘못됐어요.')[0]
      await stage.until(() => edited() !== undefined, 'the edit', 20_000)
      expect(edited()!.files).toEqual(['box.png'])
      const pdf = { name: 'bill.pdf', mime: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }
      stage.follow('dave', question, 'Is the shipping free?', pdf)
      await staffSees(card, '배송은 무료인가요?')
      const bill = forStaff(card, '배송은 무료인가요?')[0]!
      expect(bill.text).toContain('📎 bill.pdf')
      // Slack shows a file that is no picture by its address.
      if (platform === 'discord') expect(bill.files).toEqual(['bill.pdf'])
      else expect(bill.links?.join()).toMatch(/\/files\/U0DAMSO\/F/)
    }, 60_000)

    it('shows on the other side what somebody puts on a message, and takes it off again', async () => {
      const { question, card } = await connected('Do you see my thumb?')
      const message = await desk.write('agent', card, '확인해 볼게요.')
      await customerSees(question, 'Let me check that.')
      const copy = forCustomer(question, 'Let me check that.')[0]!
      const isOn = (): boolean => stage.reactions({ id: message }).length > 0
      // Nobody reacts before the record of the copy is committed, some milliseconds after it is there to see.
      await setTimeout(300)
      stage.thumb('dave', copy)
      await stage.until(isOn, 'the thumb for staff', 15_000)
      stage.thumb('dave', copy, true)
      await stage.until(() => !isOn(), 'the thumb gone', 15_000)
      // The other way round: on the customer's own words.
      const said = stage.follow('dave', question, 'Is the shipping free?')
      await staffSees(card, '배송은 무료인가요?')
      await setTimeout(300)
      desk.thumb('agent', forStaff(card, '배송은 무료인가요?')[0]!.id)
      await stage.until(() => stage.reactions(said).length > 0, 'the thumb for the customer', 15_000)
    }, 60_000)

    it('passes on what the model cannot translate, and puts it right later', async () => {
      const { question, card } = await connected('Could you swap it for another one?')
      isAway = true
      await desk.write('agent', card, '새것으로 보내요.')
      await customerSees(question, '새것으로 보내요.')
      expect(forCustomer(question, '새것으로 보내요.')[0]!.text).toContain('Not translated yet')
      isAway = false
      await customerSees(question, 'We are sending a new one.')
      expect(forCustomer(question, '새것으로 보내요.')).toEqual([])
      expect(translationsIn(pages.world.vllm).length).toBeGreaterThan(0)
    }, 90_000)
  })
})
