// What the page knows: fed by the server's event stream, and by the choices made on the page. Tells its listeners, at
// most once a frame.
import { WORDS } from './words.js'

export function createStore() {
  const listeners = []
  let isDrawing = false
  const saved = localStorage.getItem('lang')
  const state = {
    hello: null,
    meta: null,
    messages: new Map(),
    isConnected: false,
    hasBegun: false,
    lang: saved ?? (navigator.language.startsWith('ko') ? 'ko' : 'en'),
    panes: { slack: paneState(), discord: paneState() },
  }
  const changed = () => {
    if (isDrawing) return
    isDrawing = true
    requestAnimationFrame(() => {
      isDrawing = false
      if (state.hello) for (const listener of listeners) listener(state)
    })
  }
  const begun = Promise.withResolvers()
  listen(state, changed, begun.resolve)
  return {
    state,
    /** Resolves once the app has run for the first time: until then no platform would deliver anything to it. */
    begun: begun.promise,
    changed,
    onChange: (listener) => listeners.push(listener),
    words: () => WORDS[state.lang],
    setLang(lang) {
      state.lang = lang
      localStorage.setItem('lang', lang)
      document.documentElement.lang = lang
      changed()
    },
  }
}

function paneState() {
  return {
    ...{ person: 'minji', room: null, thread: null, replyTo: null, editing: null },
    /** How many messages of a room were there when it was last looked at. */
    seen: {},
  }
}

function listen(state, changed, begun) {
  const source = new EventSource('/events')
  const on = (name, take) =>
    source.addEventListener(name, (event) => {
      take(JSON.parse(event.data))
      changed()
    })
  on('hello', (hello) => {
    state.hello = hello
    state.isConnected = true
    // After a reconnection everything comes again.
    state.messages.clear()
    for (const platform of ['slack', 'discord']) state.panes[platform].room ??= hello.rooms[platform][0].id
  })
  on('message', (message) => state.messages.set(`${message.platform}:${message.id}`, message))
  on('gone', (key) => state.messages.delete(key))
  on('meta', (meta) => {
    state.meta = meta
    state.hasBegun ||= meta.app === 'running' || meta.restarts > 0
    if (state.hasBegun) begun()
  })
  source.addEventListener('error', () => {
    state.isConnected = false
    changed()
  })
}

/** Asks the server; what it refuses is shown and thrown. */
export async function ask(body) {
  const response = await fetch('/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = response.ok ? await response.json() : { ok: false, error: await response.text() }
  if (!answer.ok) {
    toast(answer.error, 'bad')
    throw new Error(answer.error)
  }
  return answer
}

export function toast(text, kind = '') {
  const box = document.createElement('div')
  box.className = `toast ${kind}`
  box.textContent = text
  document.getElementById('toasts').append(box)
  setTimeout(() => box.remove(), 4500)
}

/** One act in a pane, as whoever is chosen there. A refusal has been shown by then. */
export function createActor(store, platform) {
  return async (act, as = store.state.panes[platform].person) => {
    if (!store.state.hasBegun) toast(store.words().sentOnceBegun)
    await store.begun
    return ask({ platform, as, act }).catch((error) => ({ ok: false, error: error.message }))
  }
}

export function personOf(state, platform) {
  return state.hello.people.find(({ key }) => key === state.panes[platform].person)
}

/** What this person sees of a room. */
export function messagesIn(state, platform, room) {
  const me = personOf(state, platform)[platform]
  return [...state.messages.values()].filter(
    (one) => one.platform === platform && one.room === room && (one.onlyFor === null || one.onlyFor === me),
  )
}

/** Name of a user, role or room of that platform. */
export function namesOf(state, platform) {
  const { people, rooms, bot } = state.hello
  return (id) => {
    if (id === bot[platform]) return bot.name
    const person = people.find((one) => one[platform] === id)
    const room = rooms[platform].find((one) => one.id === id)
    return person?.name ?? room?.name ?? (/^\d+$/.test(id) ? bot.name : id)
  }
}

/** When something was written: Slack's ids are seconds, Discord's snowflakes. */
export function timeOf({ platform, id }) {
  return platform === 'slack' ? Number(id) * 1000 : Number(BigInt(id) >> 22n) + 1_420_070_400_000
}

export function byTime(one, other) {
  return one.id.length - other.id.length || (one.id < other.id ? -1 : 1)
}
