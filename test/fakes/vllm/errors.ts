// The error bodies vLLM sends, word for word where a client may read them, and the checks that lead to them.
// Source: vLLM v0.31 protocol.py, serving.py and authenticate.py; order of checks as there.

import {
  type ChatBody,
  type ChatMessage,
  imagesOf,
  type Prompt,
  templateKwargs,
  templateRoles,
} from './chat-template.ts'
import type { Settings } from './options.ts'

export interface HttpFailure {
  status: number
  body: unknown
  /** Not vLLM's own, but of what stands before it. */
  isOfProxy?: boolean
}

export function failure(
  status: number,
  type: string,
  message: string,
  param: string | null = null,
): HttpFailure {
  return { status, body: { error: { message, type, param, code: status } } }
}

export const failures = {
  // The body of a bad key is a string where every other error is an object (authenticate.py).
  unauthorized: (): HttpFailure => ({ status: 401, body: { error: 'Unauthorized' } }),
  unknownModel: (model: string) =>
    failure(404, 'NotFoundError', `The model \`${model}\` does not exist.`, 'model'),
  queueFull: () =>
    failure(503, 'ServiceUnavailableError', 'The request queue is full. Please retry the request later.'),
  engineDead: () => failure(500, 'InternalServerError', 'EngineCore encountered an issue.'),
  badJson: () =>
    failure(400, 'Bad Request', "1 validation error: {'type': 'json_invalid', 'loc': ('body',)}"),
}

const badRequest = (message: string, param: string | null = null) =>
  failure(400, 'BadRequestError', message, param)
const invalidField = (field: string, message: string) =>
  failure(400, 'Bad Request', `1 validation error: {'loc': ('body', '${field}'), 'msg': '${message}'}`, field)

/** Everything that is wrong with the body itself, before the prompt is rendered. */
export function checkBody(body: ChatBody, settings: Settings): HttpFailure | undefined {
  if (!Array.isArray(body.messages)) return invalidField('messages', 'Field required')
  if (body.stream_options && !body.stream) {
    return invalidField('stream_options', 'Stream options can only be defined when `stream=True`.')
  }
  if (Array.isArray(body.tools) && body.tools.length === 0) {
    return invalidField('tools', 'Value error, `tools` must not be an empty array')
  }
  if (body.tool_choice !== undefined && body.tool_choice !== 'none' && !body.tools) {
    return invalidField('tool_choice', 'Value error, When using `tool_choice`, `tools` must be set.')
  }
  if (body.model !== undefined && body.model !== settings.model) return failures.unknownModel(body.model)
  return checkTemplate(body, settings) ?? checkMessages(body.messages, settings)
}

function checkTemplate(body: ChatBody, settings: Settings): HttpFailure | undefined {
  const known = settings.strictTemplateKwargs
  if (!known) return undefined
  const unknown = Object.keys(templateKwargs(body, settings)).find((key) => !known.includes(key))
  return unknown === undefined
    ? undefined
    : badRequest(`Unrecognized chat template argument: ${unknown}`, 'chat_template_kwargs')
}

function checkMessages(messages: ChatMessage[], settings: Settings): HttpFailure | undefined {
  const odd = messages.find((message) => !templateRoles.has(message.role))
  if (odd) return badRequest(`Unexpected message role: ${odd.role}`)
  const images = messages.flatMap(imagesOf)
  if (images.length === 0) return undefined
  if (!settings.vision) return badRequest(`${settings.model} is not a multimodal model`)
  const readable = images.every((image) =>
    /^data:image\/[a-z+]+;base64,[\w+/=]+$/.test(image.image_url?.url ?? ''),
  )
  return readable ? undefined : badRequest('The URL must be either a HTTP, data or file URL.', 'image_url')
}

/** Length and priority, which need the rendered prompt. There is no silent clamp when `max_tokens` is explicit. */
export function checkPrompt(body: ChatBody, prompt: Prompt, settings: Settings): HttpFailure | undefined {
  if (body.priority && settings.schedulingPolicy !== 'priority') {
    return badRequest(`Got priority ${body.priority} but Priority scheduling is not enabled.`)
  }
  const limit = settings.maxModelLen
  const asked = body.max_completion_tokens ?? body.max_tokens ?? undefined
  if (asked !== undefined && asked > limit) {
    const param = body.max_completion_tokens ? 'max_completion_tokens' : 'max_tokens'
    return badRequest(`${param}=${asked} cannot be greater than max_model_len=${limit}.`, param)
  }
  const input = prompt.tokens.length
  const output = asked ?? 1
  if (input + output <= limit) return undefined
  return settings.oldTooLongWording
    ? badRequest(
        `This model's maximum context length is ${limit} tokens. However, you requested ${input + output} tokens ` +
          `(${input} in the messages, ${output} in the completion). Please reduce the length of the messages or completion.`,
      )
    : badRequest(
        `You passed ${input} input tokens and requested ${output} output tokens. However, the model's context length ` +
          `is only ${limit} tokens, resulting in a maximum input length of ${limit - output} tokens. ` +
          'Please reduce the length of the input prompt.',
        'input_tokens',
      )
}
