// One platform: its rooms, the log of the chosen room with threads under their messages, and the message box.
import { createComposer } from './composer.js'
import { createCache, h, sync } from './dom.js'
import { createForms } from './forms.js'
import { createMessageView, treeOf } from './message.js'
import { createActor, messagesIn, personOf } from './store.js'

export function createPane(store, platform, root) {
  const view = createMessageView(store, platform)
  const act = createActor(store, platform)
  const cache = createCache()
  const side = h('nav', { class: 'side' })
  const top = h('header', { class: 'room' })
  const log = h('div', { class: 'log', tabindex: '0', role: 'log' })
  const composer = createComposer(store, platform)
  const form = createForms(store, platform)
  root.append(side, h('div', { class: 'stage' }, top, log, composer.element, form.element))
  let shownRoom = ''

  const article = (message) => {
    const { lang, panes } = store.state
    const { person, editing } = panes[platform]
    const shows = [JSON.stringify(message), lang, person, editing === message.id].join('\n')
    return cache.get(message.id, shows, () => view(message))
  }

  const open = (room) => {
    const pane = store.state.panes[platform]
    const isStaffs = store.state.hello.rooms[platform].some(({ id, kind }) => id === room && kind === 'staff')
    // Customers have no such channel.
    if (isStaffs && !personOf(store.state, platform).isStaff) pane.person = 'sora'
    pane.room = room
    pane.thread = null
    pane.replyTo = null
    if (room.startsWith('dm:')) void act({ do: 'open-dm' })
    store.changed()
  }

  const stateLine = (threadId, words) => {
    const { meta } = store.state
    const text =
      platform === 'slack' ? meta.slack.status[threadId] : typingText(meta.discord.typing[threadId], words)
    const canStop = platform === 'slack' && meta.slack.stoppable.includes(threadId)
    if (!text && !canStop) return null
    return h(
      'div',
      { class: 'status' },
      text ? [dots(), ` ${platform === 'slack' ? `${store.state.hello.bot.name} ` : ''}${text} `] : null,
      canStop
        ? h(
            'button',
            { type: 'button', onclick: () => void act({ do: 'stop', thread: threadId }) },
            `■ ${words.stop}`,
          )
        : null,
    )
  }

  /** Discord names its threads, Slack counts the replies. */
  const threadOf = ({ root: message, replies }, words) => {
    const status = stateLine(message.id, words)
    const hasThread = replies.length > 0 || status || (platform === 'discord' && message.title !== null)
    if (!hasThread) return null
    const pane = store.state.panes[platform]
    const name = platform === 'discord' && message.title ? message.title : words.replies(replies.length)
    const reply = () => {
      pane.thread = message.id
      pane.replyTo = null
      store.changed()
      composer.focus()
    }
    const key = `thread ${message.id}`
    const box = cache.get(key, store.state.lang, () =>
      h('div', { class: 'thread', 'data-thread': message.id }),
    )
    const isNamed = platform === 'discord' || replies.length > 0
    const label = isNamed && cache.get(`${key} name`, name, () => h('div', { class: 'thread-name' }, name))
    const answer = cache.get(`${key} reply`, store.state.lang, () =>
      h('button', { type: 'button', class: 'reply', onclick: reply }, `↩ ${words.reply}`),
    )
    box.classList.toggle('chosen', pane.thread === message.id)
    sync(box, [label, ...replies.map(article), status, answer])
    return box
  }

  const drawLog = (room, words) => {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 90 || shownRoom !== room.id
    const tree = treeOf(store.state, platform, room.id)
    const nodes = tree.flatMap((one) => [article(one.root), threadOf(one, words)]).filter(Boolean)
    const typing = platform === 'discord' && typingText(store.state.meta.discord.typing[room.id], words)
    if (typing) nodes.push(h('div', { class: 'status' }, dots(), ` ${typing}`))
    if (tree.length === 0) nodes.push(h('p', { class: 'empty' }, emptyIn(room, words)))
    sync(log, [...prompts(room), ...nodes])
    if (isAtEnd) log.scrollTop = log.scrollHeight
    shownRoom = room.id
  }

  /** What a Slack agent suggests when its direct message is opened. */
  const prompts = (room) => {
    const offered = platform === 'slack' ? (store.state.meta.slack.prompts[room.id] ?? []) : []
    if (offered.length === 0) return []
    const shows = JSON.stringify([offered, store.state.panes.slack.person])
    return [
      cache.get(`prompts ${room.id}`, shows, () =>
        h(
          'div',
          { class: 'prompts' },
          ...offered.map(({ title, message }) =>
            h(
              'button',
              { type: 'button', onclick: () => void act({ do: 'say', room: room.id, text: message }) },
              title,
            ),
          ),
        ),
      ),
    ]
  }

  store.onChange((state) => {
    if (!state.meta) return
    const words = store.words()
    const room = roomOf(state, platform)
    state.panes[platform].seen[room.id] = messagesIn(state, platform, room.id).length
    drawSide(side, state, platform, words, open)
    sync(top, header(room, words))
    drawLog(room, words)
    composer.draw(room)
    form.draw()
  })
}

function dots() {
  return h('span', { class: 'dots' }, h('i'), h('i'), h('i'))
}

function typingText(names, words) {
  return names?.length ? words.typing(names) : ''
}

function emptyIn({ kind }, words) {
  return kind === 'forum' ? words.emptyForum : kind === 'staff' ? words.emptyStaff : words.empty
}

/** A direct message belongs to whoever is chosen, and the staff channel to staff. */
export function roomOf(state, platform) {
  const { room } = state.panes[platform]
  const known = state.hello.rooms[platform].find(({ id }) => id === room)
  if (known?.kind === 'staff' && !personOf(state, platform).isStaff) return state.hello.rooms[platform][0]
  if (known) return known
  return { id: `dm:${personOf(state, platform)[platform]}`, name: state.hello.bot.name, kind: 'dm', tags: {} }
}

const SIGNS = { channel: '#', staff: '🔒', auto: '🌐', shared: '🔗', forum: '🗨' }

function header(room, words) {
  const sign = { ...SIGNS, dm: '' }[room.kind]
  return [
    h('b', {}, `${sign} ${room.name}`.trim()),
    words[room.kind] && h('span', { class: 'topic' }, words[room.kind]),
  ]
}

function drawSide(side, state, platform, words, open) {
  const current = roomOf(state, platform)
  const item = (id, label, isOn) =>
    h(
      'button',
      { type: 'button', class: isOn ? 'on' : '', 'data-room': id, onclick: () => open(id) },
      label,
      fresh.includes(id) ? h('i', { class: 'fresh', title: words.fresh }) : null,
    )
  const { seen, person } = state.panes[platform]
  const fresh = state.hello.rooms[platform]
    .map(({ id }) => id)
    .filter((id) => messagesIn(state, platform, id).length > (seen[id] ?? 0))
  const shows = JSON.stringify([current.id, state.lang, person, fresh])
  if (side.dataset.shows === shows) return
  side.dataset.shows = shows
  const dm = `dm:${personOf(state, platform)[platform]}`
  side.replaceChildren(
    h(
      'div',
      { class: 'guild' },
      state.hello.guild,
      h('small', {}, platform === 'slack' ? 'Slack' : 'Discord'),
    ),
    h('div', { class: 'group' }, words.channels),
    ...state.hello.rooms[platform].map(({ id, name, kind }) =>
      item(id, `${SIGNS[kind]} ${name}`, id === current.id),
    ),
    h('div', { class: 'group' }, words.direct),
    item(dm, `● ${state.hello.bot.name}`, current.kind === 'dm'),
  )
}
