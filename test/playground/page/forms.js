// The form that the app has opened for whoever is chosen in a pane, over the conversation.
import { h, sync } from './dom.js'
import { createActor, personOf } from './store.js'

export function createForms(store, platform) {
  const act = createActor(store, platform)
  const element = h('div', { class: 'form-over', hidden: true })
  let shown = null

  const close = (form) => void act({ do: 'close', form: form.id })

  const input = (field) => {
    const props = { name: field.id, value: field.value, required: field.isRequired }
    if (field.choices)
      return h(
        'select',
        props,
        ...field.choices.map(({ value, label }) =>
          h('option', { value, selected: value === field.value }, label),
        ),
      )
    return field.isLong ? h('textarea', { ...props, rows: 4 }) : h('input', { ...props, type: 'text' })
  }

  const draw = (form) => {
    const words = store.words()
    const inputs = form.fields.map(input)
    const wrong = form.fields.map(() => h('small', { class: 'wrong' }))
    const submit = async (event) => {
      event.preventDefault()
      const values = Object.fromEntries(inputs.map(({ name, value }) => [name, value]))
      const { errors = {} } = await act({ do: 'submit', form: form.id, values })
      form.fields.forEach(({ id }, index) => {
        wrong[index].textContent = errors[id] ?? ''
      })
    }
    const labels = form.fields.map(({ label }, index) => h('label', {}, label, inputs[index], wrong[index]))
    const made = h(
      'form',
      {
        class: 'sheet',
        role: 'dialog',
        'aria-label': form.title,
        onsubmit: submit,
        onkeydown: (event) => event.key === 'Escape' && close(form),
      },
      h('b', {}, form.title),
      ...labels,
      h(
        'div',
        { class: 'ends' },
        h('button', { type: 'button', onclick: () => close(form) }, form.close || words.cancel),
        h('button', { type: 'submit', class: 'primary' }, form.submit || words.submit),
      ),
    )
    sync(element, [made])
    inputs[0]?.focus()
  }

  return {
    element,
    /** What has been typed stays until there is another form. */
    draw() {
      const me = personOf(store.state, platform)[platform]
      const form = store.state.meta.forms[platform].findLast(({ user }) => user === me) ?? null
      if (form?.id === shown) return
      shown = form?.id
      element.hidden = form === null
      if (form) draw(form)
      else sync(element, [])
    },
  }
}
