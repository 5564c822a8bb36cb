// What staff do and see, on both platforms alike: menus on the bot's messages, cards in the staff channel, and forms.
import { registerCommands } from '../demo/commands.ts'
import type { SeenInteraction } from '../fakes/discord/index.ts'
import { onlyFor } from '../fakes/discord/setup.ts'
import type { World } from './harness.ts'
import { type Seen, seenOnDiscord, seenOnSlack } from './stage.ts'

export type Fields = Record<string, string>

/** The admin, a member of the staff who is none, somebody of the company who is neither, or a customer. */
export type Who = 'boss' | 'agent' | 'colleague' | 'minji'

export interface Desk {
  /** Sets the staff channel, by its admin. */
  open(): Promise<void>
  /** A setting, as its admin types it: "hold on". */
  set(typed: string): Promise<void>
  /** The ticket command in the thread of a card: by mention on Slack, as a slash command on Discord. */
  ticket(who: Who, card: Seen, action: string, value?: string): Promise<void>
  /** Chooses an entry of a message's menu, and fills in the form that opens, if any. What is said then: told(). */
  menu(who: Who, name: 'correct' | 'withdraw', message: string, fields?: Fields): Promise<void>
  /** Cards in the staff channel, oldest first. */
  cards(): Seen[]
  press(who: Who, card: Seen, label: RegExp, fields?: Fields): Promise<void>
  /** Presses a button under what only that person was told, once it is there. */
  choose(who: Who, label: RegExp, fields?: Fields): Promise<void>
  /** Presses the newest such button that this person can see in the thread of a card, once it is there. */
  pressIn(who: Who, card: Seen, label: RegExp, fields?: Fields): Promise<void>
  /** What a message begins with that speaks to the bot. */
  readonly mention: string
  /** What stands in the thread of a card, oldest first. */
  thread(card: Seen): string[]
  /** The same, with buttons. */
  posts(card: Seen): Seen[]
  /** In that thread; gives the message's id. */
  write(who: Who, card: Seen, text: string): Promise<string>
  edit(who: Who, message: string, text: string): void
  thumb(who: Who, message: string): void
  /** 🇺🇸 */
  flag(who: Who, message: string): void
  remove(who: Who, message: string): void
  /** What only that person was told, oldest first, wherever they were. */
  told(who: Who): string[]
}

export function slackDesk({ slack }: Pick<World, 'slack'>): Desk {
  const people = {
    boss: slack.user('UBOSS', { name: '대표', locale: 'ko-KR', isAdmin: true }),
    agent: slack.user('UAGENT', { name: 'Alex', locale: 'en-US' }),
    colleague: slack.user('UCOLL', { name: 'Robin', locale: 'en-US' }),
    minji: slack.user('UMINJI', { name: 'minji', locale: 'ko-KR' }),
  }
  slack.channel('CSTAFF', { name: '상담', members: ['UBOSS', 'UAGENT'] })
  const fill = async (who: Who, fields?: Fields): Promise<void> => {
    if (!fields) return
    const isOpen = (): boolean => slack.views.some((view) => view.open && view.user === people[who].id)
    await slack.until(isOpen, { what: `a form for ${who}`, timeoutMs: 15_000 })
    await people[who].submitView(fields)
  }
  return {
    async open() {
      await people.boss.command('/damso', '설정 staff here', 'CSTAFF')
      await slack.until(() => slack.ephemerals('CSTAFF', 'UBOSS').length > 0, { what: 'the confirmation' })
    },
    async set(typed) {
      const before = slack.ephemerals('CSTAFF', 'UBOSS').length
      await people.boss.command('/damso', `설정 ${typed}`, 'CSTAFF')
      await slack.until(() => slack.ephemerals('CSTAFF', 'UBOSS').length > before, { what: typed })
    },
    async ticket(who, { id }, action, value = '') {
      people[who].say('CSTAFF', `${slack.mention} 티켓 ${action} ${value}`, { threadTs: id })
    },
    async menu(who, name, message, fields) {
      await people[who].shortcut(name, message)
      await fill(who, fields)
    },
    cards: () =>
      slack
        .timeline('CSTAFF')
        .filter(({ isBot }) => isBot)
        .map(({ ts, text, buttons }) => ({
          ...{ id: ts, text, isDone: true },
          buttons: buttons.map((button) => button.text),
        })),
    async press(who, card, label, fields) {
      const button = slack.message(card.id)?.buttons.find((one) => label.test(one.text))
      if (!button) throw new Error(`no button ${label} on ${card.text}`)
      await people[who].click(card.id, button.actionId, button.value)
      await fill(who, fields)
    },
    async choose(who, label, fields) {
      const offered = () =>
        slack
          .ephemerals('C1', people[who].id)
          .findLast(({ buttons }) => buttons.some(({ text }) => label.test(text)))
      await slack.until(() => offered() !== undefined, { what: `${label} for ${who}`, timeoutMs: 15_000 })
      const { ts, buttons } = offered()!
      const { actionId, value } = buttons.find(({ text }) => label.test(text))!
      await people[who].click(ts, actionId, value)
      await fill(who, fields)
    },
    async pressIn(who, { id }, label, fields) {
      const offered = () =>
        [...slack.thread('CSTAFF', id), ...slack.ephemerals('CSTAFF', people[who].id)]
          .toSorted((a, b) => Number(a.ts) - Number(b.ts))
          .findLast(({ ts, buttons }) => ts !== id && buttons.some(({ text }) => label.test(text)))
      await slack.until(() => offered() !== undefined, { what: `${label} for ${who}`, timeoutMs: 15_000 })
      const { ts, buttons } = offered()!
      const { actionId, value } = buttons.find(({ text }) => label.test(text))!
      await people[who].click(ts, actionId, value)
      await fill(who, fields)
    },
    mention: slack.mention,
    thread: ({ id }) =>
      slack
        .thread('CSTAFF', id)
        .filter(({ ts, isBot }) => ts !== id && isBot)
        .map(({ text }) => text),
    posts: ({ id }) =>
      slack
        .thread('CSTAFF', id)
        .filter(({ ts, isBot }) => ts !== id && isBot)
        .map(seenOnSlack),
    write: async (who, { id }, text) => people[who].say('CSTAFF', text, { threadTs: id }),
    edit: (who, message, text) => people[who].edit(message, text),
    thumb: (who, message) => people[who].react(message, '+1'),
    flag: (who, message) => people[who].react(message, 'us'),
    remove: (who, message) => people[who].delete(message),
    told: (who) =>
      ['C1', 'CSTAFF'].flatMap((channel) =>
        slack.ephemerals(channel, people[who].id).map(({ text }) => text),
      ),
  }
}

export async function discordDesk({ discord }: Pick<World, 'discord'>): Promise<Desk> {
  discord.guild('하늘상점')
  discord.role('상담팀', { permissions: ['MANAGE_MESSAGES'] })
  discord.role('운영팀', { permissions: ['MANAGE_MESSAGES'] })
  discord.channel('상담', { permissions: onlyFor('상담팀') })
  const people = {
    boss: discord.user('대표', { locale: 'ko', admin: true }),
    agent: discord.user('Alex', { locale: 'en-US', roles: ['상담팀'] }),
    colleague: discord.user('Robin', { locale: 'en-US', roles: ['운영팀'] }),
    minji: discord.user('minji', { locale: 'ko' }),
  }
  await registerCommands(discord, 'Damso')
  const done: Record<Who, SeenInteraction[]> = { boss: [], agent: [], colleague: [], minji: [] }
  const fill = async (who: Who, begun: SeenInteraction, fields?: Fields): Promise<void> => {
    done[who].push(begun)
    if (!fields) return
    await discord.until(() => begun.state === 'modal', { what: `a form for ${who}`, timeoutMs: 15_000 })
    done[who].push(people[who].submitModal(begun, fields))
  }
  const MENUS = { correct: 'Correct answer', withdraw: 'Withdraw answer' }
  return {
    async open() {
      const set = people.boss.command('설정', { 이름: 'staff', 값: 'here' }, '상담')
      done.boss.push(set)
      // By a clock that is days ahead the interaction has ended: then it is told in a direct message.
      const isTold = (): boolean =>
        set.messages.some(({ thinking }) => !thinking) || discord.messages(people.boss).length > 0
      await discord.until(isTold, { what: 'the confirmation', timeoutMs: 30_000 })
    },
    async set(typed) {
      const [name = '', ...value] = typed.split(' ')
      const set = people.boss.command('설정', { 이름: name, 값: value.join(' ') }, '상담')
      const isDone = (): boolean => set.messages.some(({ thinking }) => !thinking)
      await discord.until(isDone, { what: typed, timeoutMs: 15_000 })
    },
    async ticket(who, { id }, action, value) {
      await discord.until(() => discord.thread(id), { what: 'the thread of the card', timeoutMs: 15_000 })
      done[who].push(people[who].command('ticket', { action, ...(value ? { value } : {}) }, id))
    },
    menu: (who, name, message, fields) =>
      fill(who, people[who].messageCommand(MENUS[name], { id: message }), fields),
    cards: () =>
      discord
        .messages('상담')
        .filter(({ authorId, ephemeralTo }) => authorId === discord.botId && ephemeralTo === null)
        .map(({ id, content, buttons }) => ({
          ...{ id, text: content, isDone: true },
          buttons: buttons.map((button) => button.label),
        })),
    async press(who, card, label, fields) {
      const button = discord.message(card.id)?.buttons.find((one) => label.test(one.label))
      if (!button) throw new Error(`no button ${label} on ${card.text}`)
      await fill(who, people[who].click(card.id, button.customId ?? ''), fields)
    },
    async choose(who, label, fields) {
      const offered = () =>
        done[who]
          .flatMap(({ messages }) => messages)
          .findLast(({ buttons }) => buttons.some((button) => label.test(button.label)))
      await discord.until(() => offered() !== undefined, { what: `${label} for ${who}`, timeoutMs: 15_000 })
      const button = offered()!.buttons.find((one) => label.test(one.label))!
      await fill(who, people[who].click(offered()!, button.customId ?? ''), fields)
    },
    async pressIn(who, { id }, label, fields) {
      const offered = () =>
        [...discord.messages(id), ...done[who].flatMap(({ messages }) => messages)]
          .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
          .findLast((seen) => seen.id !== id && seen.buttons.some((button) => label.test(button.label)))
      await discord.until(() => offered() !== undefined, { what: `${label} for ${who}`, timeoutMs: 15_000 })
      const button = offered()!.buttons.find((one) => label.test(one.label))!
      await fill(who, people[who].click(offered()!, button.customId ?? ''), fields)
    },
    mention: discord.botMention,
    thread: ({ id }) =>
      discord
        .messages(id)
        .filter(({ authorId }) => authorId === discord.botId)
        .map(({ content }) => content),
    posts: ({ id }) =>
      discord
        .messages(id)
        .filter(({ authorId }) => authorId === discord.botId)
        .map(seenOnDiscord),
    async write(who, { id }, text) {
      await discord.until(() => discord.thread(id), { what: 'the thread of the card', timeoutMs: 15_000 })
      return people[who].say(id, text).id
    },
    edit: (who, message, text) => void people[who].edit(message, text),
    thumb: (who, message) => people[who].react({ id: message }, '👍'),
    flag: (who, message) => people[who].react({ id: message }, '🇺🇸'),
    remove: (who, message) => void people[who].delete(message),
    told: (who) =>
      done[who].flatMap(({ messages }) =>
        messages.filter(({ ephemeralTo }) => ephemeralTo !== null).map(({ content }) => content),
      ),
  }
}
