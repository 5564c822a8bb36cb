// Turns chat messages into prompt tokens the way EXAONE 4.0's template does, and says whether the model will think.
// Source: the EXAONE-4.0 chat template (roles, end of turn, the empty think block, unknown roles raise).

import type { Settings } from './options.ts'
import { tokenize } from './tokens.ts'

export interface ContentPart {
  type: string
  text?: string
  image_url?: { url?: string }
}

export interface ChatMessage {
  role: string
  content?: string | ContentPart[] | null
}

/** The flat JSON body of /v1/chat/completions, as far as the fake reads it. */
export interface ChatBody {
  model?: string
  messages?: ChatMessage[]
  stream?: boolean
  stream_options?: { include_usage?: boolean } | null
  max_tokens?: number | null
  max_completion_tokens?: number | null
  tools?: unknown[]
  tool_choice?: unknown
  priority?: number
  cache_salt?: string
  chat_template_kwargs?: Record<string, unknown>
  reasoning_effort?: string
  include_reasoning?: boolean
  [key: string]: unknown
}

export interface Prompt {
  tokens: string[]
  thinking: boolean
  images: number
}

export const templateRoles: ReadonlySet<string> = new Set(['system', 'user', 'assistant', 'tool'])

export function textOf(message: ChatMessage | undefined): string {
  const content = message?.content
  if (typeof content === 'string') return content
  return (content ?? [])
    .filter((part) => part.type === 'text')
    .map((part) => part.text ?? '')
    .join('\n')
}

export function imagesOf(message: ChatMessage): ContentPart[] {
  return Array.isArray(message.content) ? message.content.filter((part) => part.type === 'image_url') : []
}

/** Server defaults first, the request's own kwargs over them; `reasoning_effort` only where no flag was sent (protocol.py). */
export function templateKwargs(body: ChatBody, settings: Settings): Record<string, unknown> {
  const effort =
    body.reasoning_effort === undefined ? {} : { enable_thinking: body.reasoning_effort !== 'none' }
  return { ...settings.defaultChatTemplateKwargs, ...effort, ...body.chat_template_kwargs }
}

export function renderPrompt(body: ChatBody, settings: Settings): Prompt {
  const messages = body.messages ?? []
  const flag = templateKwargs(body, settings)['enable_thinking']
  const thinking =
    settings.thinking !== 'none' && (typeof flag === 'boolean' ? flag : settings.thinking === 'default-on')
  const noThought = settings.thinking === 'none' ? '' : '<think>\n\n</think>\n\n'
  const turns = messages.map((message) => {
    const thought = message.role === 'assistant' ? noThought : ''
    return `[|${message.role}|]\n${thought}${textOf(message)}[|endofturn|]\n`
  })
  const opening = thinking ? '<think>\n' : noThought
  const images = messages.reduce((count, message) => count + imagesOf(message).length, 0)
  // A picture costs a fixed number of placeholder tokens; enough for a budget to notice it.
  const pictures = Array.from({ length: images * 256 }, () => '<image>')
  const tokens = [...turns.flatMap(tokenize), ...pictures, ...tokenize(`[|assistant|]\n${opening}`)]
  return { tokens, thinking, images }
}
