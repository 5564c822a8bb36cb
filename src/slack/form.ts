// A form as a Slack modal, and what it carries along to know where it was opened. Pure.
// Source: docs.slack.dev surfaces/modals, reference/block-kit/blocks/input-block.
import type { InputBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types'
import type { Form, FormField } from '../core/content.ts'
import type { Handle } from '../core/inbound.ts'
import { fitLine } from '../text/line.ts'
import { dictOf, textOf } from './wire.ts'

export interface FormContext {
  channel: string
  thread: string | null
  handle: Handle
}

const MAX_TITLE_CHARS = 24
const MAX_LABEL_CHARS = 2_000
const MAX_OPTION_CHARS = 75
const MAX_OPTIONS = 100
const MAX_VALUE_CHARS = 3_000

const WORDS = {
  ko: { submit: '저장', close: '취소' },
  en: { submit: 'Save', close: 'Cancel' },
} as const

export function renderForm(form: Form, context: FormContext): ModalView {
  const say = WORDS[form.lang]
  return {
    type: 'modal',
    callback_id: form.submit,
    title: plain(form.title, MAX_TITLE_CHARS),
    submit: plain(say.submit, MAX_TITLE_CHARS),
    close: plain(say.close, MAX_TITLE_CHARS),
    private_metadata: JSON.stringify(context),
    blocks: form.fields.map(toInput),
  }
}

/** Null for a view that is not one of our forms. */
export function parseFormContext(metadata: string): FormContext | null {
  if (!metadata.startsWith('{')) return null
  const { channel, thread, handle } = dictOf(JSON.parse(metadata))
  return { channel: textOf(channel), thread: textOf(thread) || null, handle: textOf(handle) }
}

function toInput(field: FormField): InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    optional: !(field.required ?? false),
    label: plain(field.label, MAX_LABEL_CHARS),
    element: field.choices?.length ? toSelect(field) : toTextInput(field),
  }
}

function toSelect(field: FormField): InputBlock['element'] {
  const options = field
    .choices!.slice(0, MAX_OPTIONS)
    .map(({ name, value }): PlainTextOption => ({ text: plain(name, MAX_OPTION_CHARS), value }))
  const chosen = options.find(({ value }) => value === field.value)
  return {
    type: 'static_select',
    action_id: field.id,
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  }
}

function toTextInput(field: FormField): InputBlock['element'] {
  return {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.multiline ?? false,
    ...(field.value ? { initial_value: field.value.slice(0, MAX_VALUE_CHARS) } : {}),
  }
}

function plain(text: string, maxChars: number): PlainTextElement {
  return { type: 'plain_text', text: fitLine(text, maxChars) }
}
