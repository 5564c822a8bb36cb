// The top of the page: which model answers, whether the app lives, and the buttons that make its life hard.
import { h, sync } from './dom.js'
import { ask, toast } from './store.js'

const COMMAND = 'llama-server -hf LGAI-EXAONE/EXAONE-4.0-1.2B-GGUF:Q4_K_M --port 8080 -c 8192 --jinja'

export function createControls(store, top, bar) {
  let drawn = ''
  store.onChange((state) => {
    if (!state.meta) return
    const shows = JSON.stringify([
      { ...state.meta, slack: null, discord: null },
      state.lang,
      state.isConnected,
    ])
    if (shows === drawn) return
    drawn = shows
    const words = store.words()
    sync(top, [brand(words), appState(state, words), buttons(state, words), languages(store, words)])
    sync(bar, modelBar(state.meta.model, words))
    bar.className = state.meta.model.kind === 'exaone' && state.meta.model.isUp ? 'good' : 'warn'
  })
}

const control = (name, on = true) => ask({ control: name, on }).catch(() => undefined)

function brand(words) {
  return h(
    'div',
    { class: 'brand' },
    h('img', { src: 'icon.svg', alt: '' }),
    h('b', {}, 'Damso'),
    ` ${words.title}`,
  )
}

function appState({ hello, meta, isConnected }, words) {
  const state = isConnected ? meta.app : 'stopped'
  return h(
    'div',
    { class: `app ${state}`, id: 'app-state' },
    h('i', { class: 'lamp' }),
    isConnected ? words.app[state] : words.lost,
    hello.isNight ? h('small', { title: words.nightHint }, words.night) : null,
    meta.restarts > 0 ? h('small', { id: 'restarts' }, words.restarts(meta.restarts)) : null,
    h('small', { id: 'pings', class: meta.pings > 0 ? 'bad' : '' }, words.pings(meta.pings)),
  )
}

function buttons({ meta }, words) {
  const button = (id, label, hint, onclick, more = {}) =>
    h('button', { type: 'button', id, title: hint, onclick, ...more }, label)
  const kill = () => {
    void control('kill')
    toast(words.nowRestarting)
  }
  const isRehearsal = meta.model.kind === 'rehearsal'
  return h(
    'div',
    { class: 'controls' },
    button('kill', words.kill, words.killHint, kill, { class: 'danger', disabled: meta.app !== 'running' }),
    button('restart', words.restart, words.restart, () => void control('restart'), {
      disabled: meta.app === 'starting',
    }),
    button('twice', words.twice, words.twiceHint, () => void control('twice', !meta.twice), {
      class: meta.twice ? 'on' : '',
      'aria-pressed': String(meta.twice),
    }),
    button(
      'refuse',
      meta.busySeconds > 0 ? words.refusing(meta.busySeconds) : words.refuse,
      words.refuseHint,
      () => void control('refuse'),
      { class: meta.busySeconds > 0 ? 'on' : '' },
    ),
    isRehearsal
      ? button(
          'model-switch',
          meta.model.isUp ? words.modelDown : words.modelUp,
          '',
          () => void control('model', !meta.model.isUp),
          {
            class: meta.model.isUp ? '' : 'on',
          },
        )
      : null,
  )
}

function languages(store, words) {
  const one = (lang, label) =>
    h(
      'button',
      {
        type: 'button',
        lang,
        'aria-pressed': String(store.state.lang === lang),
        onclick: () => store.setLang(lang),
      },
      label,
    )
  return h(
    'div',
    { class: 'languages', role: 'group', 'aria-label': words.lang },
    one('ko', '한국어'),
    one('en', 'English'),
  )
}

function modelBar(model, words) {
  if (!model.isUp) return [h('b', {}, words.rehearsal), h('span', {}, words.down)]
  if (model.kind === 'exaone') return [h('b', {}, words.exaone(model.name)), h('span', {}, model.url)]
  if (model.kind === 'other')
    return [h('b', {}, words.other(model.name)), h('span', {}, model.url), ...how(words)]
  if (model.found) {
    const use = h(
      'button',
      { type: 'button', id: 'use-found', onclick: () => void control('use-found') },
      words.useFound,
    )
    return [h('b', {}, words.rehearsal), h('span', {}, words.found(model.found)), use]
  }
  return [h('b', {}, words.rehearsal), ...how(words)]
}

function how(words) {
  const copy = async () => {
    await navigator.clipboard.writeText(COMMAND)
    toast(words.copied)
  }
  return [
    h('span', {}, words.rehearsalMore),
    h('code', {}, COMMAND),
    h('button', { type: 'button', id: 'copy', onclick: () => void copy() }, words.copy),
  ]
}
