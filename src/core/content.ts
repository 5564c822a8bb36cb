// What Damso says, before a platform renders it: Markdown text, small lines under it, and buttons.
import type { Lang } from './error.ts'
import type { ActionName } from './inbound.ts'

export interface Button {
  action: ActionName
  /** Comes back in ActionInbound.value; ≤ 80 characters. */
  value: string
  label: string
  style?: 'primary' | 'danger'
}

export interface Picture {
  /** Of the file, with its ending. */
  name: string
  /** What it shows, in words; the text says the same, so that nobody depends on it. */
  alt: string
  bytes: Uint8Array
  /** By default `image/png`. Where files of other kinds can stand under a text, they may be given too. */
  mime?: string
  /** Set by a platform to which it was uploaded beforehand. */
  id?: string
  /** Set by a platform that shows it by its address: any file that is no picture. */
  link?: string
}

export interface Content {
  /** Markdown. Untrusted when it comes from the model: the renderer neutralises every ping. */
  text: string
  lang: Lang
  /** Unix seconds of the times in the text (`<t:…:f>`) that are ours: Discord shows each in its reader's own zone. Any other is shown as written. */
  moments?: number[]
  /** Small print under the text: AI label, first-answer notice, "stopped" mark. */
  notes?: string[]
  buttons?: Button[]
  /** Under the text; left out where they cannot be shown. */
  pictures?: Picture[]
}

/** A choice offered while someone types an option. */
export interface Choice {
  name: string
  value: string
}

export interface FormField {
  id: string
  label: string
  value?: string
  multiline?: boolean
  required?: boolean
  choices?: Choice[]
}

/** A modal dialog; comes back as a CommandInbound named `submit` with the field ids as options. */
export interface Form {
  submit: string
  title: string
  fields: FormField[]
  lang: Lang
}
