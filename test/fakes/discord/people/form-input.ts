// A person filling in a modal: takes its layout, puts the typed values in, and checks them as the client would.
// Source: discord-api-docs components/reference.mdx "Label", "Text Input", and the modal submit data structure.
import type { Json } from '../model.ts'

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

export function fillForm(modal: Json, values: Record<string, string | string[]>): Json {
  const left = new Set(Object.keys(values))
  let id = 1
  const fillField = (field: Json): Json => {
    const customId = String(field.custom_id)
    const value = values[customId]
    left.delete(customId)
    const base = { type: field.type, id: id++, custom_id: customId }
    if (field.type !== 4)
      return { ...base, values: Array.isArray(value) ? value : value === undefined ? [] : [value] }
    const text = typeof value === 'string' ? value : String(field.value ?? '')
    checkText(field, text)
    return { ...base, value: text }
  }
  const components = list(modal.components).flatMap((part): Json[] => {
    // Label (18) wraps one field; an action row (1) is the older form; a text display (10) has nothing to fill in.
    if (part.type === 18) return [{ type: 18, id: id++, component: fillField(part.component as Json) }]
    if (part.type === 1) return [{ type: 1, id: id++, components: list(part.components).map(fillField) }]
    return []
  })
  if (left.size > 0) throw new Error(`The form has no field ${[...left].join(', ')}.`)
  return { custom_id: modal.custom_id, components, resolved: {} }
}

function checkText(field: Json, text: string): void {
  // A field is required unless it says otherwise, and holds up to 4000 characters.
  if (text === '' && field.required === false) return
  const min = Number(field.min_length ?? 1)
  const max = Number(field.max_length ?? 4000)
  if (text.length < min || text.length > max)
    throw new Error(`The field ${field.custom_id} takes ${min} to ${max} characters, not ${text.length}.`)
}
