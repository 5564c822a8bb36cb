// Slash commands: the list that opens at "/", and on Discord the form with its options and their choices.
import { h } from './dom.js'
import { createActor, personOf } from './store.js'

const HELD_BACK_MS = 150

function isTypedOut({ name, nameKo }, text) {
  return [name, nameKo].some((one) => text.trim() === `/damso ${one}`)
}

/**
 * The list above the message box. On Slack a choice is typed into the box; on Discord it opens a form. `room` and
 * `thread` are asked for when they are needed.
 */
export function createCommands(store, platform, { box, where, opened }) {
  const act = createActor(store, platform)
  const list = h('div', { class: 'picker', role: 'listbox', hidden: true })
  let chosen = 0
  let offered = []

  const isKorean = () => personOf(store.state, platform).key !== 'dave'
  const typed = (command) =>
    platform === 'slack'
      ? `/damso ${isKorean() ? command.nameKo : command.name}`
      : `/${isKorean() ? command.nameKo : command.name}`
  const inWords = (both) => (isKorean() ? both.ko : both.en)

  const matches = (command, text) =>
    [command.name, command.nameKo].some((name) => {
      const full = platform === 'slack' ? `/damso ${name}` : `/${name}`
      return full.startsWith(text.toLowerCase())
    })

  const draw = () => {
    list.hidden = offered.length === 0
    list.replaceChildren(
      ...offered.map((command, index) =>
        h(
          'button',
          {
            type: 'button',
            role: 'option',
            'aria-selected': String(index === chosen),
            'data-command': command.name,
            onclick: () => choose(command),
          },
          h('b', {}, typed(command)),
          h('span', { class: 'usage' }, ` ${inWords(command.usage)}`),
          h('span', { class: 'summary' }, inWords(command.summary)),
        ),
      ),
    )
  }

  const close = () => {
    offered = []
    draw()
  }

  const choose = (command) => {
    close()
    if (platform === 'discord') {
      box.value = ''
      opened(commandForm(command))
      return
    }
    box.value = `${typed(command)} `
    box.focus()
  }

  const commandForm = (command) => {
    const values = {}
    const run = async () => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
      opened(null)
      await act({ do: 'command', ...where(), name: command.name, text: '', values: filled })
    }
    const fields = command.options.map((option) => field(command, option, values, run))
    const words = store.words()
    return h(
      'div',
      { class: 'command-form', 'data-command': command.name },
      h('b', {}, typed(command)),
      ...fields,
      h('button', { type: 'button', class: 'primary run', onclick: run }, words.run),
      h('button', { type: 'button', onclick: () => opened(null), 'aria-label': words.cancel }, '✕'),
    )
  }

  const field = (command, option, values, run) => {
    const words = store.words()
    const label = isKorean() ? option.nameKo : option.name
    const take = (event) => {
      const { value } = event.target
      values[option.name] = option.type === 'yes-no' ? (value === '' ? '' : value === 'yes') : value
    }
    const choices =
      option.type === 'yes-no'
        ? [
            ['yes', words.yes],
            ['no', words.no],
          ]
        : null
    const fixed = choices ?? option.choices?.map(({ value, label: both }) => [value, inWords(both)])
    if (fixed) {
      const options = [['', '—'], ...fixed].map(([value, text]) => h('option', { value }, text))
      return h('label', {}, `${label} `, h('select', { name: option.name, onchange: take }, ...options))
    }
    const id = `choices-${command.name}-${option.name}`
    const choicesList = h('datalist', { id })
    const input = h('input', {
      type: 'text',
      name: option.name,
      list: option.completes ? id : null,
      placeholder: option.required ? words.required : '',
      autocomplete: 'off',
      oninput: take,
      onkeydown: (event) => {
        if (event.key === 'Enter' && !event.isComposing) void run()
      },
    })
    if (option.completes) completes(input, choicesList, command, option, values)
    return h('label', { title: inWords(option.summary) }, `${label} `, input, choicesList)
  }

  /** Asks the app for choices while one types, as Discord does. */
  const completes = (input, choicesList, command, option, values) => {
    let timer
    const look = async () => {
      const others = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
      const asked = { ...others, [option.name]: input.value }
      const { choices } = await act({
        do: 'complete',
        ...where(),
        name: command.name,
        values: asked,
        focused: option.name,
      })
      choicesList.replaceChildren(...(choices ?? []).map(({ name, value }) => h('option', { value }, name)))
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(look, HELD_BACK_MS)
    }
    input.addEventListener('input', later)
    input.addEventListener('focus', later)
  }

  return {
    element: list,
    /** After each change of the box. */
    look() {
      const text = box.value
      const isCommand = /^\/[\p{L}\p{N}]*( [\p{L}]*)?$/u.test(text)
      const slash = isCommand
        ? store.state.hello.commands.filter(({ surfaces }) => surfaces.includes('slash'))
        : []
      offered = slash.filter((command) => matches(command, text))
      chosen = 0
      draw()
    },
    /** True when the key was for the list. */
    key(event) {
      if (list.hidden) return false
      // A command that is typed out is sent, not chosen.
      if (
        event.key === 'Enter' &&
        platform === 'slack' &&
        offered.some((one) => isTypedOut(one, box.value))
      ) {
        close()
        return false
      }
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        chosen = (chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length
        draw()
      } else if (event.key === 'Enter' || event.key === 'Tab') choose(offered[chosen])
      else if (event.key === 'Escape') close()
      else return false
      event.preventDefault()
      return true
    },
    /** Slack takes a command as it is typed; true when the text was one. */
    async send(text) {
      const found = platform === 'slack' ? /^\/damso(?:\s+([\s\S]*))?$/.exec(text) : null
      if (!found) return false
      await act({ do: 'command', ...where(), name: 'damso', text: found[1] ?? '' })
      return true
    },
  }
}
