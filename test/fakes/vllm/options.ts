// What a fake vLLM server can be told at start-up, and the named latency profiles. Nothing here imports our code.
// Behaviour follows vLLM v0.31 (`entrypoints/openai`), with the sources named where each quirk lives.

export type ReasoningParser = 'none' | 'deepseek_r1' | 'deepseek_v3' | 'qwen3'

/** Times in ms. A reply costs `prefillMs + uncached prompt tokens x perPromptTokenMs`, then one ITL per token. */
export interface LatencyProfile {
  prefillMs: number
  perPromptTokenMs: number
  itlMs: number
  /** Added to the ITL for every other sequence that is running: batches slow each other down. */
  itlPerRunningMs?: number
  /** 0.1 means ±10 %, uniform. */
  jitter?: number
}

export const latencyProfiles = {
  test: { prefillMs: 5, perPromptTokenMs: 0, itlMs: 1 },
  /** Dense 8B on one H100-80, BF16, vLLM 0.30: TTFT 14 ms, ITL 7 ms alone, 9 at 64, 12 at 128 (silybench-data, 2026-09-24). */
  'h100-8b': { prefillMs: 14, perPromptTokenMs: 0.08, itlMs: 7, itlPerRunningMs: 0.036, jitter: 0.1 },
} satisfies Record<string, LatencyProfile>

export interface FakeVllmOptions {
  /** 0 takes a free port; `down()` and `up()` keep it. */
  port?: number
  /** Served model id (`--served-model-name`). */
  model?: string
  /** Accepted next to `model` on /v1/embeddings. */
  embeddingModel?: string
  embeddingDims?: number
  /** Words that mean the same, which every embedding model knows of a language: they lie on one axis of the vectors. */
  synonyms?: readonly (readonly string[])[]
  maxModelLen?: number
  /** `--api-key`: guards /v1, /v2, /inference, /cohere (authenticate.py); /health, /metrics, /tokenize stay open. */
  apiKey?: string
  latency?: LatencyProfile | keyof typeof latencyProfiles
  maxNumSeqs?: number
  /** `--max-num-queued-reqs`; absent means unbounded, which is vLLM's default. */
  maxNumQueuedReqs?: number
  schedulingPolicy?: 'fcfs' | 'priority'
  reasoningParser?: ReasoningParser
  /** What the chat template does when the request sends no flag; `none` for a model that cannot think (3.5). */
  thinking?: 'none' | 'default-off' | 'default-on'
  /** `--default-chat-template-kwargs`. */
  defaultChatTemplateKwargs?: Record<string, unknown>
  /** A gateway that answers 400 to template kwargs it does not know. */
  strictTemplateKwargs?: readonly string[]
  /** Accepts image parts. */
  vision?: boolean
  /** `--enable-prompt-tokens-details`: without it usage has no `cached_tokens`. */
  promptTokensDetails?: boolean
  /** `--stream-interval`: the first token leaves at once, then so many together. */
  streamInterval?: number
  /** `--sse-keep-alive-interval`, in ms. */
  sseKeepAliveMs?: number
  /** The wording before v0.2x for a prompt that is too long. */
  oldTooLongWording?: boolean
  /** The name of the reasoning field: renamed in vLLM, still the old one in llama.cpp and FriendliAI. */
  reasoningField?: 'reasoning' | 'reasoning_content'
  /** KV blocks of 16 tokens kept for the prefix cache. */
  cacheBlocks?: number
}

export type Settings = Required<
  Omit<FakeVllmOptions, 'port' | 'apiKey' | 'maxNumQueuedReqs' | 'latency' | 'strictTemplateKwargs'>
> & {
  apiKey: string | undefined
  maxNumQueuedReqs: number | undefined
  strictTemplateKwargs: readonly string[] | undefined
  latency: LatencyProfile
}

export function toSettings(options: FakeVllmOptions): Settings {
  const latency = options.latency ?? 'test'
  return {
    model: options.model ?? 'rehearsal',
    embeddingModel: options.embeddingModel ?? 'rehearsal-embedding',
    embeddingDims: options.embeddingDims ?? 256,
    synonyms: options.synonyms ?? [],
    maxModelLen: options.maxModelLen ?? 32_768,
    apiKey: options.apiKey,
    latency: typeof latency === 'string' ? latencyProfiles[latency] : latency,
    maxNumSeqs: options.maxNumSeqs ?? 256,
    maxNumQueuedReqs: options.maxNumQueuedReqs,
    schedulingPolicy: options.schedulingPolicy ?? 'priority',
    reasoningParser: options.reasoningParser ?? 'deepseek_v3',
    thinking: options.thinking ?? 'default-off',
    defaultChatTemplateKwargs: options.defaultChatTemplateKwargs ?? {},
    strictTemplateKwargs: options.strictTemplateKwargs,
    vision: options.vision ?? false,
    promptTokensDetails: options.promptTokensDetails ?? true,
    streamInterval: options.streamInterval ?? 1,
    sseKeepAliveMs: options.sseKeepAliveMs ?? 0,
    oldTooLongWording: options.oldTooLongWording ?? false,
    reasoningField: options.reasoningField ?? 'reasoning',
    cacheBlocks: options.cacheBlocks ?? 65_536,
  }
}
