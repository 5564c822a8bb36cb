// The message box of a pane: who writes, where to, attachments, commands and examples.
import { createCommands } from './commands.js'
import { h, sync } from './dom.js'
import { samplePicture, sampleVoice, toUpload } from './samples.js'
import { createActor, namesOf } from './store.js'
import { createTries } from './tries.js'

export function createComposer(store, platform) {
  const pane = store.state.panes[platform]
  const act = createActor(store, platform)
  const box = h('textarea', { rows: 1, name: 'message' })
  const form = h('div', { class: 'form-slot' })
  const attached = h('div', { class: 'attached' })
  const target = h('div', { class: 'target' })
  const bar = h('div', { class: 'bar' })
  const post = h('div', { class: 'post', hidden: true })
  const element = h('footer', { class: 'composer' })
  let files = []
  let room = null
  let drawn = ''

  const where = () => ({ room: room.id, thread: pane.thread })
  const openForm = (made) => {
    sync(form, made ? [made] : [])
    element.classList.toggle('has-form', made !== null)
    if (made) (made.querySelector('input, select') ?? made.querySelector('button')).focus()
    else box.focus()
  }
  const commands = createCommands(store, platform, { box, where, opened: openForm })

  const tries = createTries(store, platform, () => room)

  const isPosting = () => room.kind === 'forum' && pane.thread === null

  const send = async () => {
    const text = box.value.trim()
    if (text === '' && files.length === 0) return
    if (isPosting() && postTitle() === '') {
      post.querySelector('input').focus()
      return
    }
    box.value = ''
    grow()
    if (await commands.send(text)) return
    const uploads = await Promise.all(files.map(toUpload))
    const tags = [...post.querySelectorAll('input:checked')].map(({ value }) => value)
    const title = postTitle()
    files = []
    drawAttached()
    const answer = isPosting()
      ? await act({ do: 'post', room: room.id, title, text, tags, files: uploads })
      : await act({ do: 'say', ...where(), text, files: uploads, replyTo: pane.replyTo })
    if (answer.ok === false) box.value = text
    else if (isPosting()) post.querySelector('input').value = ''
    pane.replyTo = null
    store.changed()
  }
  const postTitle = () => post.querySelector('input[name=title]')?.value.trim() ?? ''

  const grow = () => {
    box.style.height = 'auto'
    box.style.height = `${Math.min(160, box.scrollHeight)}px`
  }

  box.addEventListener('input', () => {
    grow()
    commands.look()
  })
  box.addEventListener('keydown', (event) => {
    // While Hangul is being composed, Enter only ends the syllable.
    if (event.isComposing || commands.key(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    }
  })

  const drawAttached = () => {
    const chip = (file, index) =>
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            files.splice(index, 1)
            drawAttached()
          },
        },
        `📎 ${file.name} ✕`,
      )
    sync(attached, files.map(chip))
  }

  const attach = (file) => {
    files.push(file)
    drawAttached()
    box.focus()
  }

  const ownFile = h('input', {
    type: 'file',
    hidden: true,
    onchange: (event) => [...event.target.files].forEach(attach),
  })

  const drawTools = (words) => {
    const { people } = store.state.hello
    const who = h(
      'select',
      {
        class: 'who',
        'aria-label': words.as,
        title: words.as,
        onchange: (event) => {
          pane.person = event.target.value
          // What was begun in the staff channel stays there.
          pane.thread = room.kind === 'staff' ? null : pane.thread
          store.changed()
        },
      },
      ...people.map(({ key, name, role }) =>
        h('option', { value: key, selected: key === pane.person }, `${name} · ${role[store.state.lang]}`),
      ),
    )
    const tool = (label, icon, onclick) =>
      h('button', { type: 'button', title: label, 'aria-label': label, onclick }, icon)
    const mention = () => {
      box.value = `@Damso ${box.value}`
      box.focus()
    }
    sync(bar, [
      who,
      tool(words.mention, '@', mention),
      tool(words.picture, '🖼', async () => attach(await samplePicture())),
      tool(words.voice, '🎤', () => attach(sampleVoice())),
      tool(words.ownFile, '📎', () => ownFile.click()),
      ownFile,
      h('button', { type: 'button', class: 'send primary', onclick: () => void send() }, words.send),
    ])
    tries.draw()
  }

  const drawTarget = (words) => {
    const id = pane.thread ?? pane.replyTo
    const message = id && store.state.messages.get(`${platform}:${id}`)
    const away = () => {
      pane.thread = null
      pane.replyTo = null
      store.changed()
    }
    if (!message) {
      sync(target, [])
      return
    }
    const name = namesOf(store.state, platform)(message.author)
    const what = pane.thread ? words.thread : words.answer
    sync(target, [
      h('span', {}, `↩ ${what}: ${message.title ?? `${name} — ${firstWords(message)}`}`),
      h('button', { type: 'button', 'aria-label': words.cancel, onclick: away }, '✕'),
    ])
  }

  const drawPost = (words) => {
    post.hidden = !isPosting()
    const tag = ([value, name]) =>
      h(
        'label',
        { class: 'tag' },
        h('input', { type: 'checkbox', value: name }),
        ` ${name}`,
        h('i', { 'data-id': value }),
      )
    sync(post, [
      h('input', { name: 'title', placeholder: words.postTitle, maxlength: 100 }),
      h('div', { class: 'tags' }, ...Object.entries(room.tags).map(tag)),
    ])
  }

  element.append(
    tries.element,
    h('div', { class: 'anchor' }, commands.element),
    target,
    attached,
    form,
    post,
    h('div', { class: 'row' }, box),
    bar,
  )
  return {
    element,
    focus: () => box.focus(),
    draw(next) {
      const words = store.words()
      if (next.id !== room?.id) openFormQuietly(form, element)
      room = next
      const shows = [room.id, store.state.lang, pane.person, pane.thread, pane.replyTo].join('\n')
      if (shows === drawn) return
      drawn = shows
      drawTools(words)
      drawTarget(words)
      drawPost(words)
      box.placeholder = pane.thread
        ? words.writeThread
        : isPosting()
          ? words.postText
          : words.writeTo(nameOf(room))
      box.setAttribute('aria-label', box.placeholder)
    },
  }
}

function openFormQuietly(form, element) {
  sync(form, [])
  element.classList.remove('has-form')
}

function nameOf({ name, kind }) {
  return kind === 'dm' ? name : `#${name}`
}

function firstWords({ parts }) {
  const text = parts.map((part) => part.text || (part.rich ? deepText(part.rich) : '')).join(' ')
  return text
    .replace(/<@[^>]+>/g, '')
    .trim()
    .slice(0, 40)
}

function deepText(elements) {
  return elements.map((one) => one.text ?? deepText(one.elements ?? [])).join('')
}
