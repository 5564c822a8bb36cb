// One streamed request to the model server: reads it to a finish_reason under the deadlines, or says why there is none.

import type OpenAI from 'openai'
import type { Clock } from '../core/clock.ts'
import type { ChatBody } from './chat-body.ts'
import { canConnect, type Deadlines, startWatchdog } from './deadlines.ts'
import { modelFailures, type Scene, toModelFailure } from './failure.ts'
import type { VisibleText } from './visible-text.ts'

export interface StreamInput {
  client: OpenAI
  body: ChatBody
  session: string
  signal: AbortSignal
  deadlines: Deadlines
  clock: Clock
  scene: Scene
  visible: VisibleText
  onVisible: () => void
}

export interface StreamEnd {
  /** `faulty` when we stopped reading because the text is bad. */
  finishReason: 'stop' | 'length' | 'faulty'
  usage: { prompt: number | null; cached: number | null; completion: number | null }
  firstTokenAt: number | null
  reasoned: boolean
}

interface ServerDelta {
  content?: string | null
  reasoning?: string | null
  reasoning_content?: string | null
}

export async function readAnswer(input: StreamInput): Promise<StreamEnd> {
  const { client, signal, scene } = input
  using watchdog = startWatchdog({
    deadlines: input.deadlines,
    clock: input.clock,
    signal,
    probe: (timeoutMs) => canConnect(client.baseURL, timeoutMs),
  })
  const here = { ...scene, streaming: false }
  const askedAt = input.clock.monotonic()
  try {
    const stream = await client.chat.completions.create(input.body, {
      signal: watchdog.signal,
      // A header holds ASCII only; a router needs it stable, not readable.
      headers: { 'X-Session-ID': encodeURIComponent(input.session) },
    })
    here.streaming = true
    watchdog.connected()
    const end = await drain(stream, input, watchdog.token)
    // An aborted stream ends without an error, so the signal is asked before the finish_reason.
    watchdog.signal.throwIfAborted()
    if (!end.finishReason) throw modelFailures.cut(here)
    return { ...end, finishReason: end.finishReason }
  } catch (error) {
    if (error instanceof ListenerError) throw error.cause
    if (signal.aborted) throw modelFailures.aborted(signal.reason)
    const heldMs = input.clock.monotonic() - askedAt
    throw toModelFailure(watchdog.signal.aborted ? watchdog.signal.reason : error, { ...here, heldMs })
  }
}

/** What the listener throws is its own bug, not the model's failure. */
class ListenerError extends Error {}

function tell(input: StreamInput): void {
  try {
    input.onVisible()
  } catch (cause) {
    throw new ListenerError('onText threw', { cause })
  }
}

type Chunks = AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>
type Drained = Omit<StreamEnd, 'finishReason'> & { finishReason: StreamEnd['finishReason'] | null }

async function drain(stream: Chunks, input: StreamInput, onToken: () => void): Promise<Drained> {
  const { visible, clock } = input
  const end: Drained = {
    finishReason: null,
    usage: { prompt: null, cached: null, completion: null },
    firstTokenAt: null,
    reasoned: false,
  }
  for await (const chunk of stream) {
    if (input.signal.aborted) break
    if (chunk.usage) end.usage = toUsage(chunk.usage)
    const choice = chunk.choices[0]
    if (!choice) continue
    const delta: ServerDelta = choice.delta ?? {}
    const thought = delta.reasoning ?? delta.reasoning_content
    if (thought) {
      end.reasoned = true
      visible.thoughtElsewhere()
    }
    if (thought || delta.content) {
      end.firstTokenAt ??= clock.monotonic()
      onToken()
    }
    if (delta.content) {
      visible.feed(delta.content)
      // Leaving the loop closes the connection, which frees the GPU.
      if (visible.fault) return { ...end, finishReason: 'faulty' }
      tell(input)
    }
    // vLLM's `abort`, a content filter or a tool nobody offered: not an answer.
    if (choice.finish_reason === 'stop' || choice.finish_reason === 'length') {
      end.finishReason = choice.finish_reason
    }
  }
  return end
}

function toUsage(usage: OpenAI.CompletionUsage): StreamEnd['usage'] {
  return {
    prompt: usage.prompt_tokens ?? null,
    cached: usage.prompt_tokens_details?.cached_tokens ?? null,
    completion: usage.completion_tokens ?? null,
  }
}
