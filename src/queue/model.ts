// What a wake-up is and what a processor may say of it. The queue carries no text: only which lane to look at.

export interface WakeUp {
  workspace: string
  lane: string
}

/** `later`: run it again without spending an attempt. `pause`: the whole queue waits (the model is down). */
export type Verdict = { type: 'done' } | { type: 'later'; ms: number } | { type: 'pause'; ms: number }
