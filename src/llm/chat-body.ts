// Builds the JSON body of one chat request: messages in the order that keeps the prefix cache warm, sampling, flags.

import type { Fitted } from './budget.ts'
import type { Fault } from './guards.ts'
import type { ModelRequest, Profile, Sampling } from './model.ts'

type Part = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

type UserMessage = { role: 'user'; content: string | Part[] }
export type ChatMessage = { role: 'system' | 'assistant'; content: string } | UserMessage

export interface ChatBody extends Sampling {
  model: string
  messages: ChatMessage[]
  stream: true
  stream_options: { include_usage: true }
  max_tokens: number
  chat_template_kwargs?: Record<string, boolean>
  priority?: number
  frequency_penalty?: number
}

/** Why an answer is asked for a second time. */
export type RetryReason = Fault | 'empty'

export interface BodyInput {
  model: string
  profile: Profile
  request: ModelRequest
  fitted: Fitted
  retry: RetryReason | null
  /** Optional keys this server has refused before. */
  refused: ReadonlySet<string>
}

/** Keys a server may not know; each is dropped once the server has said so. */
export const optionalKeys = [
  'priority',
  'chat_template_kwargs',
  'top_k',
  'min_p',
  'repetition_penalty',
] as const

export function toChatBody(input: BodyInput): ChatBody {
  const { profile, request, retry } = input
  const body: ChatBody = {
    model: input.model,
    messages: toMessages(input),
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: input.fitted.maxTokens,
    ...profile.sampling[request.lang],
    ...(retry ? steadier(retry, profile.sampling[request.lang]) : {}),
  }
  if (Object.keys(profile.templateKwargs).length > 0)
    body.chat_template_kwargs = { ...profile.templateKwargs }
  // An empty answer from a model that always thinks: LG's first remedy is to ask without the thought.
  if (retry === 'empty') body.chat_template_kwargs = { ...profile.templateKwargs, enable_thinking: false }
  if (request.priority) body.priority = request.priority
  for (const key of optionalKeys) if (input.refused.has(key)) delete body[key]
  return body
}

/** LG: 0.1 against switching languages, presence_penalty 1.5 against degeneration; never greedy, which loops. */
function steadier(reason: RetryReason, sampling: Sampling): Partial<ChatBody> {
  if (reason === 'language') return { temperature: Math.min(0.1, sampling.temperature) }
  if (reason === 'loop') return { presence_penalty: 1.5, frequency_penalty: 0.3 }
  return {}
}

function toMessages({ profile, request, fitted, retry }: BodyInput): ChatMessage[] {
  // Appended to the instructions, not to the user's words: those may be a text to translate.
  const system = [...request.system, ...(retry ? [nudge(retry, request)] : [])].filter(Boolean).join('\n\n')
  const history = fitted.history.map((line): ChatMessage => ({ role: line.role, content: line.text }))
  const user = toUserMessage(request)
  if (!system) return [...history, user]
  if (profile.instructions === 'system') return [{ role: 'system', content: system }, ...history, user]
  const [first, ...rest] = [...history, user]
  return first?.role === 'user'
    ? [withInstructions(first, system), ...rest]
    : [{ role: 'user', content: system }, ...history, user]
}

function withInstructions(message: UserMessage, system: string): UserMessage {
  const content: UserMessage['content'] =
    typeof message.content === 'string'
      ? `${system}\n\n${message.content}`
      : [{ type: 'text', text: system }, ...message.content]
  return { role: 'user', content }
}

function toUserMessage({ user }: ModelRequest): UserMessage {
  if (!user.images?.length) return { role: 'user', content: user.text }
  const images = user.images.map(
    (image): Part => ({ type: 'image_url', image_url: { url: `data:${image.mime};base64,${image.base64}` } }),
  )
  return { role: 'user', content: user.text ? [...images, { type: 'text', text: user.text }] : images }
}

/** In English, as LG advises for instructions whatever the language of the answer. */
function nudge(reason: RetryReason, request: ModelRequest): string {
  if (reason === 'empty')
    return 'Write the final answer directly, without any reasoning. The answer must not be empty.'
  if (reason === 'loop') return 'Be brief. Never repeat a sentence or a phrase.'
  return (request.expectLang ?? request.lang) === 'ko'
    ? 'Write only in Korean, in Hangul. Do not use Chinese characters (한자), Japanese or another language.'
    : 'Write only in English. Do not use Korean, Chinese, Japanese or another language.'
}
