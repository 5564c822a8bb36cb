// The model that every row is measured with, unless it says otherwise: an EXAONE of 8B on one H100 with a warm prefix
// cache, without jitter so that runs compare (test/fakes/vllm/options.ts has the source of the figures).
import type { LatencyProfile } from '../../test/fakes/vllm/index.ts'

export const LATENCY: LatencyProfile = { prefillMs: 100, perPromptTokenMs: 0, itlMs: 7 }

/** Tokens of an answer that is watched while it grows, and of a short one. */
export const LONG = 200
export const SHORT = 40
