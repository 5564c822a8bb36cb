// The examples above the message box, and what a click on one does.
import { h, sync } from './dom.js'
import { toPlatform } from './emoji.js'
import { EXAMPLES } from './examples.js'
import { toUpload } from './samples.js'
import { byTime, createActor, toast } from './store.js'

const GROUPS = ['questions', 'people', 'translation']

/** `roomOf`: the room that is shown. */
export function createTries(store, platform, roomOf) {
  const pane = store.state.panes[platform]
  const act = createActor(store, platform)
  const element = h('div', { class: 'tries' })
  let group = GROUPS[0]

  const messages = () => [...store.state.messages.values()].filter((one) => one.platform === platform)
  const rooms = () => store.state.hello.rooms[platform]
  const personBy = (who) => store.state.hello.people.find(({ key }) => key === who)
  const roomOfKind = (wanted) => rooms().find(({ kind }) => kind === wanted).id
  const staffRoom = () => roomOfKind('staff')

  /** Thanks belong where this person was answered last. */
  const lastThread = (room, who) => {
    const me = personBy(who)[platform]
    const answers = messages().filter((one) => one.room === room && one.isBot && one.parent !== null)
    const rootOf = ({ parent }) => store.state.messages.get(`${platform}:${parent}`)
    return (answers.findLast((one) => rootOf(one)?.author === me) ?? answers.at(-1))?.parent ?? null
  }
  /** The newest one: the bot has begun its thread. */
  const lastCard = () =>
    messages()
      .filter(({ room, isBot, parent, onlyFor }) => room === staffRoom() && isBot && parent && !onlyFor)
      .map(({ parent }) => store.state.messages.get(`${platform}:${parent}`))
      .filter((root) => root?.isBot)
      .sort(byTime)
      .at(-1)?.id ?? null

  const post = (who, says) => {
    const [title] = says.map(withoutMention)
    const text = says.map(withoutMention).join('\n')
    return act({ do: 'post', room: roomOf().id, title, text, tags: [], files: [] }, who)
  }

  /** Where it is said: `room` and `thread`; null when it cannot be said yet. */
  const placeOf = ({ who, isDirect, isFollowUp, isStaffs, inCase, isInAuto }) => {
    if (isInAuto) return { room: roomOfKind('auto'), thread: null }
    const direct = `dm:${personBy(who)[platform]}`
    if (isDirect || (roomOf().kind === 'dm' && !isStaffs && !inCase)) return { room: direct, thread: null }
    if (isStaffs) return { room: staffRoom(), thread: null }
    if (inCase) {
      const thread = lastCard()
      return thread && { room: staffRoom(), thread }
    }
    // Where all is translated, and among staff, customers ask nothing.
    const isAside = ['staff', 'auto'].includes(roomOf().kind)
    const room = isAside ? rooms()[0].id : roomOf().id
    return { room, thread: isFollowUp ? (pane.thread ?? lastThread(room, who)) : null }
  }

  const tryOut = async (example) => {
    const { who, says = [], after = 0, command, flag, file } = example
    const isForum = roomOf().kind === 'forum' && pane.thread === null
    if (isForum && !example.isStaffs && !example.inCase && !example.isInAuto && !command) {
      pane.person = who
      await post(who, says)
      return
    }
    const place = placeOf(example)
    if (!place) return toast(store.words().noCase)
    const isElsewhere = pane.room !== place.room
    pane.person = who
    pane.room = place.room
    if (!example.isFollowUp || isElsewhere) pane.thread = null
    pane.replyTo = null
    store.changed()
    if (command) return act({ do: 'command', ...place, ...command[platform] }, who)
    const files = file ? [await toUpload(new File([file.text], file.name, { type: 'text/markdown' }))] : []
    for (const [index, text] of says.entries()) {
      if (index > 0) await new Promise((resolve) => setTimeout(resolve, after))
      const said = act({ do: 'say', ...place, text, files }, who)
      if (flag) {
        const { id } = await said
        await act({ do: 'react', id, emoji: toPlatform(flag.emoji, platform), on: true }, flag.by)
      }
    }
  }

  const draw = () => {
    const { lang } = store.state
    const words = store.words()
    const choose = (name) => {
      group = name
      draw()
    }
    const tabs = GROUPS.map((name) =>
      h(
        'button',
        { type: 'button', role: 'tab', 'aria-selected': String(name === group), onclick: () => choose(name) },
        words.groups[name],
      ),
    )
    const label = ({ label: ko, labelEn }) => (lang === 'en' ? (labelEn ?? ko) : ko)
    const offered = EXAMPLES.filter((one) => (one.group ?? 'questions') === group)
    const chips = offered.map((one) =>
      h('button', { type: 'button', onclick: () => void tryOut(one) }, label(one)),
    )
    sync(element, [
      h('div', { class: 'groups', role: 'tablist', 'aria-label': words.examples }, ...tabs),
      h('div', { class: 'examples' }, ...chips),
    ])
  }
  return { element, draw }
}

function withoutMention(text) {
  return text.replace(/^@Damso\s*/i, '')
}
