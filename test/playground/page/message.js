// One message as the platform would show it, with what one can do to it.
import { h } from './dom.js'
import { emoji, FLAGS, REACTIONS, toPlatform } from './emoji.js'
import { inline } from './inline.js'
import { markdown } from './markdown.js'
import { rich } from './rich.js'
import { byTime, createActor, messagesIn, namesOf, personOf, timeOf } from './store.js'
import { timesRow } from './times.js'

const COLOURS = { minji: '#d9730d', dave: '#2f80c2', sora: '#2f7d5b', doyun: '#a3622b', junho: '#8a56b0' }

export function createMessageView(store, platform) {
  const act = createActor(store, platform)

  const isForum = (room) =>
    store.state.hello.rooms[platform].some(({ id, kind }) => id === room && kind === 'forum')

  const head = (message, words) => {
    const names = namesOf(store.state, platform)
    const time = new Date(timeOf(message))
    return h(
      'div',
      { class: 'head' },
      h('b', { class: 'name' }, names(message.author)),
      message.isBot ? h('span', { class: 'badge' }, words.badge) : null,
      h('time', { datetime: time.toISOString() }, clock(time, store.state.lang)),
      message.isEdited ? h('span', { class: 'edited' }, words.edited) : null,
    )
  }

  const body = (message, words) => {
    const names = namesOf(store.state, platform)
    const parts = message.parts.flatMap((part) => {
      if (part.kind === 'rich') return rich(part.rich, names)
      if (part.kind === 'small') return part.text.trim() === '' ? [] : [h('p', { class: 'small' }, part.text)]
      if (part.kind === 'mrkdwn') return [h('p', {}, inline(part.text, 'mrkdwn', names))]
      return markdown(part.text, platform, names)
    })
    const isThinking = message.isBot && message.isGrowing && parts.length === 0
    return h('div', { class: 'text' }, isThinking ? h('p', { class: 'thinking' }, words.thinking) : parts)
  }

  const files = (message) =>
    message.files.map(({ name, mime, url }) => {
      if (mime.startsWith('image/')) return h('img', { class: 'picture', src: url, alt: name })
      if (mime.startsWith('audio/')) return h('audio', { controls: true, src: url, title: name })
      return h('a', { class: 'file', href: url }, name)
    })

  const buttons = (message) =>
    h(
      'div',
      { class: 'buttons' },
      ...message.buttons.map(({ id, value, label, style, disabled }) =>
        h(
          'button',
          {
            type: 'button',
            class: style,
            disabled,
            onclick: () => void act({ do: 'press', id: message.id, button: id, value }),
          },
          label,
        ),
      ),
    )

  const reactions = (message) => {
    const me = personOf(store.state, platform)
    const isMine = (users) => users.includes(platform === 'slack' ? me.slack : me.name)
    return h(
      'div',
      { class: 'reactions' },
      ...message.reactions.map((one) =>
        h(
          'button',
          {
            type: 'button',
            class: isMine(one.users) ? 'mine' : '',
            onclick: () => react(message, emoji(one.emoji), !isMine(one.users)),
          },
          `${emoji(one.emoji)} ${one.users.length}`,
        ),
      ),
    )
  }

  const react = (message, character, on) =>
    void act({ do: 'react', id: message.id, emoji: toPlatform(character, platform), on })

  const tools = (message, words) => {
    const { state } = store
    const pane = state.panes[platform]
    const isMine = message.author === personOf(state, platform)[platform]
    const button = (label, icon, onclick) =>
      h('button', { type: 'button', title: label, 'aria-label': label, onclick }, icon)
    const toThread = message.parent ?? (platform === 'slack' || message.title !== null ? message.id : null)
    const replying = () => {
      pane.thread = toThread
      pane.replyTo = toThread === null ? message.id : null
      store.changed()
      document.querySelector(`#${platform} textarea`).focus()
    }
    const editing = () => {
      pane.editing = message.id
      store.changed()
    }
    const menu = (name, label, icon) => {
      const command = state.hello.commands.find((one) => one.name === name)
      const called = platform === 'slack' ? name : command.menu.en.replaceAll('Damso', state.hello.bot.name)
      return button(label, icon, () => void act({ do: 'menu', id: message.id, name: called }))
    }
    const isAdmin = personOf(state, platform).isAdmin
    return h(
      'div',
      { class: 'tools' },
      ...REACTIONS.slice(0, 3).map((one) => button(words.react, one, () => react(message, one, true))),
      ...FLAGS.map((one) => button(words.flags[one], one, () => react(message, one, true))),
      button(toThread === null ? words.answer : words.reply, '↩', replying),
      message.isBot ? null : menu('ask', words.ask, '💬'),
      menu('translate', words.translate, '🌐'),
      isAdmin ? menu('add', words.learn, '📚') : null,
      isMine ? button(words.edit, '✎', editing) : null,
      isMine ? button(words.remove, '🗑', () => void act({ do: 'delete', id: message.id })) : null,
    )
  }

  const editor = (message, words) => {
    const pane = store.state.panes[platform]
    const plain = message.parts
      .map((part) => part.text || textOf(part.rich, namesOf(store.state, platform)))
      .join('\n')
    const names = namesOf(store.state, platform)
    const box = h('textarea', { class: 'edit', rows: 2, 'aria-label': words.edit })
    box.value = plain.replaceAll(/<@([A-Z0-9]+)>/g, (_, id) => `@${names(id)}`)
    const end = () => {
      pane.editing = null
      store.changed()
    }
    const save = () => {
      void act({ do: 'edit', id: message.id, text: box.value })
      end()
    }
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) save()
      if (event.key === 'Escape') end()
    })
    setTimeout(() => box.focus(), 0)
    return h(
      'div',
      { class: 'editor' },
      box,
      h('button', { type: 'button', class: 'primary', onclick: save }, words.save),
      h('button', { type: 'button', onclick: end }, words.cancel),
    )
  }

  return (message) => {
    const words = store.words()
    const names = namesOf(store.state, platform)
    const isEditing = store.state.panes[platform].editing === message.id
    const states = [
      message.isBot && 'bot',
      message.isGrowing && 'growing',
      message.onlyFor && 'private',
    ].filter(Boolean)
    return h(
      'article',
      { class: `message ${states.join(' ')}`, 'data-id': message.id },
      avatar(store.state, platform, message),
      h(
        'div',
        { class: 'content' },
        message.onlyFor ? h('div', { class: 'only' }, `👁 ${words.onlyYou}`) : null,
        message.used
          ? h('div', { class: 'above' }, words.used(names(message.used.user), message.used.command))
          : null,
        message.replyTo
          ? h('div', { class: 'above' }, `↱ @${names(message.replyTo.author)} ${message.replyTo.text}`)
          : null,
        head(message, words),
        isForum(message.room) && message.parent === null ? title(message) : null,
        isEditing ? editor(message, words) : body(message, words),
        files(message),
        message.buttons.length > 0 ? buttons(message) : null,
        message.reactions.length > 0 ? reactions(message) : null,
        timesRow(message.times, words),
      ),
      tools(message, words),
    )
  }
}

/** A forum post's title with its tags; a thread's name stands at the thread. */
function title({ title: text, tags }) {
  return h(
    'div',
    { class: 'title' },
    h('b', {}, text),
    ...tags.map((tag) => h('span', { class: 'tag' }, tag)),
  )
}

function avatar(state, platform, { author, isBot }) {
  if (isBot)
    return h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, h('img', { src: 'icon.svg', alt: '' }))
  const person = state.hello.people.find((one) => one[platform] === author)
  const style = `background: ${COLOURS[person?.key] ?? '#777'}`
  return h('span', { class: 'avatar', style, 'aria-hidden': 'true' }, (person?.name ?? '?').slice(0, 1))
}

function clock(time, lang) {
  return time.toLocaleTimeString(lang, { hour: 'numeric', minute: '2-digit' })
}

function textOf(elements, names) {
  return (elements ?? [])
    .map((one) => one.text ?? (one.type === 'user' ? `@${names(one.user_id)}` : textOf(one.elements, names)))
    .join('')
}

/** Messages of one room that this person sees, as roots with their replies, oldest first. */
export function treeOf(state, platform, room) {
  const here = messagesIn(state, platform, room)
  const roots = here.filter((one) => one.parent === null).sort(byTime)
  return roots.map((root) => ({ root, replies: here.filter((one) => one.parent === root.id).sort(byTime) }))
}
