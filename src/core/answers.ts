// Answers as staff handle them: a draft that is decided about, an answer that is set right. The store keeps them.
import type { Lang } from './error.ts'
import type { TurnFacts } from './facts.ts'
import type { Place } from './inbound.ts'
import type { Post } from './outbound.ts'

/** An answer, or the draft of one, as it is kept. */
export interface KeptAnswer {
  turn: string
  kind: string
  lane: string
  audience: string
  place: Place
  author: string
  /** What was asked, as far as it is still kept. */
  question: string
  /** As customers see it; null while it is a draft. */
  answer: string | null
  lang: Lang | null
  facts: Record<string, unknown>
  posts: KeptPost[]
  /** It is being written, or waits to be. */
  isOpen: boolean
  /** Only the person who asked can see it. */
  isPrivate: boolean
  /** … and no edit reaches it: the platform shows it once. */
  isEphemeral: boolean
  /** No message of theirs shows the question, so the answer does. */
  quotesQuestion: boolean
}

/** A message of it, as it is recorded. */
export type KeptPost = Pick<Post, 'slot' | 'key' | 'state' | 'id' | 'source' | 'place'>

/** As what is written there is known by: an inbound message's source, the target of a flag. */
export function sourceOf({ place, id }: Pick<KeptPost, 'place' | 'id'>): string {
  return place.platform === 'slack' ? `${place.channel}:${id}` : String(id)
}

/** Messages of ours read differently now: what follows them, such as their translations, is to be done again. */
export type Reads = (workspace: string, audience: string, sources: readonly string[]) => Promise<void>

/** What staff have decided about a draft; `text` is set when they wrote it anew. */
export interface DraftDecision {
  verb: 'send' | 'drop'
  text: string | null
  by: string
  byName: string
  /** The turn of the press, which after a crash comes again. */
  press: string
}

export type Decided =
  /** Its turn is pending again, and its lane is to be woken. */
  | { outcome: 'decided'; lane: string }
  /** Somebody was first. */
  | { outcome: 'late'; decision: DraftDecision }
  /** Not kept any more, or what was asked has been deleted. */
  | { outcome: 'gone' }

export interface Answers {
  /** By its turn, or as `message:<source>` by a message of it: Slack `<channel>:<ts>`, Discord the message id. */
  find(workspace: string, id: string): Promise<KeptAnswer | null>
  /** Once per draft. */
  decide(workspace: string, turn: string, decision: DraftDecision): Promise<Decided>
  /** The transcript says this from now on; `facts` are added. False when it is no answer that was shown. */
  replace(workspace: string, turn: string, text: string, facts: TurnFacts): Promise<boolean>
  /** Where the counterpart of a message stands that is handed on, or of its copy; `message` as in ReactionInbound, `person` who looks. */
  copyOf(
    workspace: string,
    message: string,
    person: string,
  ): Promise<{ place: Place; message: string } | null>
  /** Adds to what is noted with its turn. */
  note(workspace: string, turn: string, facts: TurnFacts): Promise<void>
  /** A post of it is no longer there to see. */
  removed(workspace: string, turn: string, slot: string): Promise<void>
  /** Runs an ended turn again, for what it shows; returns the lane to wake. Null while it runs, or when it is gone. */
  rerun(workspace: string, turn: string): Promise<string | null>
  /**
   * Whether they answer customers. The store alone knows only who has acted in the staff channel within the last day, which
   * is for when the platform cannot be asked who is in it.
   */
  isStaff(workspace: string, person: string, staffChannel: string): Promise<boolean>
}
