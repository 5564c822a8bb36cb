// A form as a Discord modal: every field in a label. Pure.
// Source: discord-api-docs interactions/receiving-and-responding, "Modal"; components/reference, "Label".
import type { Form, FormField } from '../core/content.ts'
import { neutralLine } from './markdown.ts'

const LABEL = 18
const TEXT_INPUT = 4
const STRING_SELECT = 3
const SHORT = 1
const PARAGRAPH = 2

const MAX_TITLE_CHARS = 45
const MAX_FIELDS = 5
const MAX_CHOICES = 25
const MAX_CHOICE_CHARS = 100
const MAX_VALUE_CHARS = 4_000

export function renderForm(form: Form): object {
  return {
    custom_id: form.submit,
    title: neutralLine(form.title, MAX_TITLE_CHARS),
    components: form.fields.slice(0, MAX_FIELDS).map((field) => ({
      type: LABEL,
      label: neutralLine(field.label, MAX_TITLE_CHARS),
      component: field.choices?.length ? toSelect(field) : toInput(field),
    })),
  }
}

function toSelect(field: FormField): object {
  const options = field.choices!.slice(0, MAX_CHOICES).map(({ name, value }) => ({
    label: neutralLine(name, MAX_CHOICE_CHARS),
    value,
    default: value === field.value,
  }))
  return { type: STRING_SELECT, custom_id: field.id, required: field.required ?? false, options }
}

function toInput(field: FormField): object {
  return {
    type: TEXT_INPUT,
    custom_id: field.id,
    style: field.multiline ? PARAGRAPH : SHORT,
    required: field.required ?? false,
    ...(field.value ? { value: field.value.slice(0, MAX_VALUE_CHARS) } : {}),
  }
}
