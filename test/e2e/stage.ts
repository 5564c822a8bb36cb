// One way to speak and look on both platforms, so that a scenario is written once. A question is what a person said; the
// answers to it are what they see of the bot's there.
import type { Person, SeenInteraction, SeenMessage } from '../fakes/discord/index.ts'
import type { FakeUser, VisibleMessage } from '../fakes/slack/index.ts'
import type { World } from './harness.ts'

export interface Seen {
  id: string
  text: string
  /** Where its links lead. */
  links?: string[]
  /** Complete: no longer growing, with its buttons. */
  isDone: boolean
  buttons: string[]
  /** Shown to the asker alone. */
  isPrivate?: boolean
  /** By name: pictures in it, and files under it. */
  files?: string[]
}

export interface Question {
  id: string
  /** What the bot has said to it, oldest first. */
  answers(): Seen[]
}

export interface Stage {
  readonly platform: 'slack' | 'discord'
  /** In a channel, with a mention unless told otherwise. */
  ask(
    who: string,
    text: string,
    options?: {
      isMention?: boolean
      file?: { name: string; mime: string; bytes: Buffer }
      /** The name of another channel than the usual one. */
      channel?: string
    },
  ): Question
  /** In the thread of a question. */
  follow(
    who: string,
    question: Question,
    text: string,
    file?: { name: string; mime: string; bytes: Buffer },
  ): Question
  dm(who: string, text: string): Question
  /** By the slash command, in the person's language, in the usual channel. What is said there next counts as its answer. */
  command(who: string, text: string, options?: { isPrivate?: boolean }): Promise<Question>
  /** By the entry of a message's menu, about what somebody said in the usual channel. */
  askAbout(who: string, said: Question): Promise<Question>
  /** As a new post of a forum, with no mention; Slack has none. */
  post?(who: string, post: { title: string; text: string; tags: string[] }): Question
  edit(who: string, question: Question, text: string): void
  remove(who: string, question: Question): void
  press(who: string, seen: Seen, label: RegExp): Promise<void>
  /** What only that person was told, oldest first: in the usual channel, or to a press. */
  told(who: string): string[]
  idOf(who: string): string
  stop(who: string, question: Question): Promise<void>
  /** Of a message of anybody's, by its id. */
  reactions(message: { id: string }): string[]
  /** Puts a thumb on a message, or takes it off. */
  thumb(who: string, message: { id: string }, isOff?: boolean): void
  /** 🇰🇷 */
  flag(who: string, message: { id: string }): void
  until(predicate: () => boolean, what: string, timeoutMs?: number): Promise<void>
  pings(): number
}

/** What a stage needs of the world: it never looks into the app. */
export type Platforms = Pick<World, 'slack' | 'discord'>

const CHANNEL = '문의'
export const TOPIC = '배송과 환불 문의'
const FORUM = { name: '질문게시판', tags: ['배송', '환불'] }

/** Dave writes English, and the boss is an admin. */
function peopleOf(name: string, korean: string): { locale: string; isAdmin: boolean } {
  return { locale: name === 'dave' ? 'en-US' : korean, isAdmin: name === 'boss' }
}

function linksIn(shown: string): string[] {
  return [...new Set(shown.match(/https?:\/\/[^\s"\\)>|\]]+/g))]
}

export function seenOnSlack(message: VisibleMessage): Seen {
  return {
    id: message.ts,
    text: message.text,
    links: linksIn(`${JSON.stringify(message.blocks)} ${message.text}`),
    isDone:
      message.isBot &&
      message.streamingState !== 'in_progress' &&
      message.buttons.length > 0 &&
      !message.buttons.some(({ actionId }) => actionId.startsWith('stop')),
    buttons: message.buttons.map((button) => button.text),
    isPrivate: message.ephemeralTo !== undefined,
    files: (message.blocks ?? []).flatMap((block) =>
      block['type'] === 'image' ? [String(block['alt_text'])] : [],
    ),
  }
}

export function seenOnDiscord(message: SeenMessage): Seen {
  return {
    id: message.id,
    text: message.content,
    links: linksIn(message.content),
    isDone:
      !message.thinking && message.buttons.some((button) => /feedback|person/.test(button.customId ?? '')),
    buttons: message.buttons.map((button) => button.label),
    isPrivate: message.ephemeralTo !== null,
    files: message.attachments.map(({ name }) => name),
  }
}

export function slackStage(world: Platforms): Stage {
  const { slack } = world
  const channel = slack.channel('C1', { name: CHANNEL, topic: TOPIC })
  const channels = new Map([[CHANNEL, channel]])
  const channelOf = (name = CHANNEL): string => {
    const known = channels.get(name) ?? slack.channel(`C${channels.size + 1}`, { name })
    channels.set(name, known)
    return known
  }
  const people = new Map<string, FakeUser>()
  const person = (name: string): FakeUser => {
    const known =
      people.get(name) ?? slack.user(`U${name.toUpperCase()}`, { name, ...peopleOf(name, 'ko-KR') })
    people.set(name, known)
    return known
  }
  const question = (where: string, ts: string, root: string): Question => ({
    id: ts,
    answers: () =>
      slack
        .thread(where, root)
        .filter((message) => message.isBot && message.ts > ts)
        .map(seenOnSlack),
  })
  const shownTo = (user: FakeUser): VisibleMessage[] => [
    ...slack.timeline(channel).filter(({ isBot }) => isBot),
    ...slack.ephemerals(channel, user.id),
  ]
  const roots = new Map<string, string>()
  return {
    platform: 'slack',
    ask(who, text, options = {}) {
      const files = options.file
        ? [{ name: options.file.name, mimetype: options.file.mime, bytes: options.file.bytes }]
        : undefined
      const where = channelOf(options.channel)
      const ts = person(who).say(where, options.isMention === false ? text : `${slack.mention} ${text}`, {
        files,
      })
      return question(where, ts, ts)
    },
    follow(who, first, text, file) {
      const root = roots.get(first.id) ?? first.id
      const files = file ? [{ name: file.name, mimetype: file.mime, bytes: file.bytes }] : undefined
      const ts = person(who).say(channel, text, { threadTs: root, files })
      roots.set(ts, root)
      return question(channel, ts, root)
    },
    dm(who, text) {
      const where = slack.dm(person(who))
      const ts = person(who).say(where, text)
      return question(where, ts, ts)
    },
    async command(who, text, { isPrivate = false } = {}) {
      const user = person(who)
      const before = new Set(shownTo(user).map(({ ts }) => ts))
      const name = peopleOf(who, 'ko').locale === 'ko' ? '질문' : 'ask'
      const outcome = await user.command('/damso', `${name} ${isPrivate ? '--private ' : ''}${text}`, channel)
      if (!outcome.ok) throw new Error(`/damso ${name}: ${outcome.refused ?? outcome.error}`)
      const answers = () =>
        shownTo(user)
          // That it is being written is no answer.
          .filter(({ ts, text }) => !before.has(ts) && !/쓰고 있어요…$|^Writing/.test(text))
          .map(seenOnSlack)
      return { id: outcome.triggerId ?? text, answers }
    },
    async askAbout(who, { id }) {
      const outcome = await person(who).shortcut('ask', id)
      if (!outcome.ok) throw new Error(`the shortcut on ${id}: ${outcome.refused ?? outcome.error}`)
      return question(channel, id, id)
    },
    edit: (who, { id }, text) => person(who).edit(id, `${slack.mention} ${text}`),
    remove: (who, { id }) => person(who).delete(id),
    async press(who, seen, label) {
      const button = slack.message(seen.id)?.buttons.find((one) => label.test(one.text))
      if (!button) throw new Error(`no button ${label} on ${seen.text}`)
      await person(who).click(seen.id, button.actionId, button.value)
    },
    idOf: (who) => person(who).id,
    told: (who) => slack.ephemerals(channel, person(who).id).map(({ text }) => text),
    // Slack's own Stop button stands in direct messages; in a channel's thread people say it.
    async stop(who, { id }) {
      const root = roots.get(id) ?? id
      if (slack.thread(channel, root).length > 0) person(who).say(channel, '그만', { threadTs: root })
      else person(who).stop(id)
    },
    thumb: (who, { id }, isOff = false) => person(who)[isOff ? 'unreact' : 'react'](id, '+1'),
    flag: (who, { id }) => person(who).react(id, 'kr'),
    reactions: ({ id }) => slack.message(id)?.reactions.map((reaction) => reaction.name) ?? [],
    until: async (predicate, what, timeoutMs) => {
      await slack.until(predicate, { what, timeoutMs })
    },
    pings: () => slack.pings().length,
  }
}

export function discordStage(world: Platforms): Stage {
  const { discord } = world
  discord.guild('하늘상점')
  discord.channel(CHANNEL, { topic: TOPIC })
  const person = (name: string): Person => {
    const { locale, isAdmin } = peopleOf(name, 'ko')
    return discord.user(name, { locale, admin: isAdmin })
  }
  const question = (where: string, id: string): Question => ({
    id,
    answers: () =>
      discord
        .messages(where)
        .filter(
          (message) =>
            message.authorId === discord.botId &&
            BigInt(message.id) > BigInt(id) &&
            message.ephemeralTo === null,
        )
        .map(seenOnDiscord),
  })
  /** What was said to the interaction, and what stands beside it in the channel since. */
  const answersTo = (seen: SeenInteraction): Question => ({
    id: seen.id,
    answers() {
      const own = seen.messages.map(seenOnDiscord)
      const beside = question(CHANNEL, seen.id).answers()
      return [...own, ...beside.filter(({ id }) => own.every((one) => one.id !== id))]
    },
  })
  const threads = new Map<string, string>()
  const pressed: { who: string; seen: SeenInteraction }[] = []
  return {
    platform: 'discord',
    ask(who, text, options = {}) {
      const attachments = options.file
        ? [{ name: options.file.name, contentType: options.file.mime, bytes: options.file.bytes }]
        : undefined
      const where = options.channel ?? CHANNEL
      discord.channel(where)
      const said = person(who).say(
        where,
        options.isMention === false ? text : `${discord.botMention} ${text}`,
        { attachments },
      )
      return question(said.id, said.id)
    },
    follow(who, first, text, file) {
      const thread = threads.get(first.id) ?? first.id
      const attachments = file ? [{ name: file.name, contentType: file.mime, bytes: file.bytes }] : undefined
      const said = person(who).say(thread, text, { attachments })
      threads.set(said.id, thread)
      return question(thread, said.id)
    },
    dm(who, text) {
      const said = person(who).dm(text)
      return question(said.channelId, said.id)
    },
    async command(who, text, { isPrivate = false } = {}) {
      const isKorean = peopleOf(who, 'ko').locale === 'ko'
      const [name, ask, only] = isKorean ? ['질문', '질문', '비공개'] : ['ask', 'question', 'private']
      const options = { [ask]: text, ...(isPrivate ? { [only]: true } : {}) }
      return answersTo(person(who).command(name, options, CHANNEL))
    },
    async askAbout(who, { id }) {
      const isKorean = peopleOf(who, 'ko').locale === 'ko'
      return answersTo(person(who).messageCommand(isKorean ? 'Damso에게 묻기' : 'Ask Damso', id))
    },
    post(who, { title, text, tags }) {
      const forum = discord.channel(FORUM.name, { type: 'forum', tags: FORUM.tags })
      const { threadId } = person(who).post(forum.id, { title, text, tags })
      return question(threadId, threadId)
    },
    edit: (who, { id }, text) => person(who).edit(id, `${discord.botMention} ${text}`),
    remove: (who, { id }) => person(who).delete(id),
    async press(who, seen, label) {
      const button = discord.message(seen.id)?.buttons.find((one) => label.test(one.label ?? ''))
      if (!button) throw new Error(`no button ${label} on ${seen.text}`)
      pressed.push({ who, seen: person(who).click(seen.id, button.customId ?? '') })
    },
    idOf: (who) => person(who).id,
    told: (who) =>
      pressed.flatMap((one) =>
        one.who === who
          ? one.seen.messages.filter(({ ephemeralTo }) => ephemeralTo !== null).map(({ content }) => content)
          : [],
      ),
    async stop(who, asked) {
      const post = asked.answers().at(-1)
      if (post) await this.press(who, post, /멈추기|Stop/)
    },
    thumb: (who, { id }, isOff = false) => person(who)[isOff ? 'unreact' : 'react']({ id }, '👍'),
    flag: (who, { id }) => person(who).react({ id }, '🇰🇷'),
    reactions: ({ id }) => Object.keys(discord.message(id)?.reactions ?? {}),
    until: async (predicate, what, timeoutMs) => {
      await discord.until(predicate, { what, timeoutMs })
    },
    pings: () => discord.pings().length,
  }
}
