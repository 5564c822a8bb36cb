// The forms that the app has opened for people (a comment to the stars, a translation to correct): as the page shows
// them, and what is done with them.
import type { World } from '../demo/world.ts'
import type { SeenInteraction } from '../fakes/discord/index.ts'
import type { ViewRecord } from '../fakes/slack/index.ts'
import type { Person } from './cast.ts'
import type { Platform, ViewField, ViewForm } from './view.ts'

type Json = Readonly<Record<string, unknown>>
export type FormValues = Readonly<Record<string, string>>

const SELECTS: readonly unknown[] = [3, 'static_select']
const PARAGRAPH = 2

export interface Forms {
  open(platform: Platform): ViewForm[]
  /** Resolves with what is wrong with it, by field, if anything is. */
  submit(platform: Platform, person: Person, form: string, values: FormValues): Promise<object>
  close(platform: Platform, person: Person, form: string): void
}

export function createForms({ slack, discord }: World, changed: () => void): Forms {
  /** Discord is not told that a form was put away. */
  const done = new Set<string>()
  const opened = (): SeenInteraction[] =>
    discord.interactions().filter(({ id, state }) => state === 'modal' && !done.has(id))
  const onSlack = (): ViewRecord[] => slack.views.filter(({ kind, open }) => kind === 'modal' && open)
  const openedOf = (person: Person, form: string): SeenInteraction => {
    const found = opened().find(({ id, record }) => id === form && record.userId === person.discord)
    if (!found) throw new Error('This form is no longer open.')
    return found
  }
  return {
    open: (platform) =>
      platform === 'slack'
        ? onSlack().map(({ id, user, view }) => ({ id, user, ...textsOf(view), fields: fieldsOf(view) }))
        : opened().map(({ id, record, modal }) => ({
            ...{ id, user: record.userId, title: String(modal?.['title'] ?? ''), submit: '', close: '' },
            fields: fieldsOf(modal ?? {}),
          })),
    async submit(platform, person, form, values) {
      if (platform === 'slack') {
        const { ok, error, errors } = await slack.user(person.slack).submitView({ ...values })
        if (!ok) throw new Error(`Slack: ${error ?? 'failed'}`)
        return errors ? { errors } : {}
      }
      const from = openedOf(person, form)
      const sent = discord.user(person.name).submitModal(from, { ...values })
      done.add(form)
      changed()
      await discord.until(() => sent.state !== 'waiting', { timeoutMs: 3_500, what: 'a response' })
      if (sent.error) throw new Error(`Discord: ${sent.error}`)
      return {}
    },
    close(platform, person, form) {
      if (platform === 'slack') return slack.user(person.slack).closeView()
      done.add(openedOf(person, form).id)
      changed()
    },
  }
}

function textsOf(view: Json): Pick<ViewForm, 'title' | 'submit' | 'close'> {
  const text = (name: string): string => String(jsonOf(view[name])['text'] ?? '')
  return { title: text('title'), submit: text('submit'), close: text('close') }
}

/** Slack has input blocks with an element, Discord labels with a component. */
function fieldsOf(form: Json): ViewField[] {
  return listOf(form['blocks'] ?? form['components']).flatMap((part) => {
    const field = jsonOf(part['element'] ?? part['component'])
    const id = String(field['action_id'] ?? field['custom_id'] ?? '')
    return id === '' ? [] : [toField(id, part, field)]
  })
}

function toField(id: string, part: Json, field: Json): ViewField {
  const isRequired = part['optional'] === undefined ? field['required'] !== false : part['optional'] !== true
  const label = part['label']
  const options = listOf(field['options'])
  const chosen = jsonOf(field['initial_option'])['value'] ?? options.find((one) => one['default'])?.['value']
  return {
    id,
    label: String(typeof label === 'string' ? label : (jsonOf(label)['text'] ?? '')),
    value: String(field['initial_value'] ?? field['value'] ?? chosen ?? ''),
    isRequired,
    isLong: field['multiline'] === true || field['style'] === PARAGRAPH,
    choices: SELECTS.includes(field['type'])
      ? options.map((one) => ({
          value: String(one['value']),
          label: String(one['label'] ?? jsonOf(one['text'])['text'] ?? ''),
        }))
      : null,
  }
}

function jsonOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(jsonOf) : []
}
