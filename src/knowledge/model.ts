// What the knowledge base keeps and says, without a database: collections, documents, chunks, and how an import went.
import type { Both, Lang } from '../core/error.ts'
import type { PassageVector } from './search/model.ts'

/** A workspace of '*' is every workspace that this deployment serves; an audience of '' is everybody in the workspace. */
export interface Scope {
  workspace: string
  audience: string
}

/** Private ones are shown in direct messages, ephemeral answers and staff channels only. */
export type Visibility = 'public' | 'private'

export interface Collection extends Scope {
  id: string
  name: string
  visibility: Visibility
  /** The language of most of its documents; null = mixed. */
  lang: Lang | null
}

/** `importing`: some chunks are missing; an import that is run again completes it. */
export type DocumentState = 'importing' | 'ready'

export interface Document extends Scope {
  id: string
  collection: string
  /** A path or an address; unique in its collection. */
  source: string
  title: string
  /** Where a reader can open it; null for a file. */
  url: string | null
  lang: Lang | null
  state: DocumentState
  bytes: number
  chunks: number
  updatedAt: Date
  /** Not to be answered from after this moment; null = never goes stale. */
  expiresAt: Date | null
}

/** A document as an importer hands it over to be kept. */
export interface NewDocument {
  source: string
  title: string
  url: string | null
  lang: Lang | null
  bytes: number
  /** Of the bytes it was read from. */
  sourceHash: string
  expiresAt: Date | null
  /** Read from a file of whoever ran the import: by default not. */
  isFile?: boolean
}

/** A passage as an importer makes it. */
export interface Passage {
  /** The headings above it, outermost first. */
  headings: string[]
  /** NFC. */
  text: string
}

/** A passage as search and answers see it, with what a source list shows of its document. */
export interface Chunk extends Passage, Scope {
  id: string
  collection: string
  document: string
  lang: Lang | null
  /** The same passage in the other language, for checking citations; null = not translated yet. */
  translation: string | null
  title: string
  url: string | null
  source: string
  expiresAt: Date | null
}

/** How far a reader has come in the change feed. `'0'` reads everything. */
export type Cursor = string

export interface Changes {
  /** To be passed next time. */
  cursor: Cursor
  /** New ones and ones that changed under the same id. */
  chunks: Chunk[]
  /** Of `chunks`, those that have one by the maker that was asked for. */
  vectors: PassageVector[]
  /** Ids of chunks that are no longer there. */
  removed: string[]
  /** The reader was away too long: what it has is to be dropped before `chunks` are taken. */
  isReset: boolean
  /** More is there already. */
  hasMore: boolean
}

export const PROBLEM_CODES = [
  'unsupported',
  'empty',
  'too-large',
  'too-many-pages',
  'too-much-text',
  'zip-bomb',
  'encrypted',
  'damaged',
  'needs-ocr',
  'timeout',
  'out-of-memory',
  'not-found',
  'not-readable',
  'address-refused',
  'address-forbidden',
  'page-failed',
  'too-many-links',
  'too-many-sitemaps',
  'other-site',
  'robots',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** Why one file or page was left out; the others went in. */
export interface ImportProblem {
  code: ProblemCode
  source: string
  /** Names the file and says what to do. */
  say: Both
}

export type ImportOutcome = 'added' | 'changed' | 'unchanged' | 'removed' | 'failed'

export interface ImportProgress {
  done: number
  /** Null while pages are still being found. */
  total: number | null
  source: string
  outcome: ImportOutcome
}

export interface ImportReport {
  collection: string
  isDryRun: boolean
  added: number
  changed: number
  unchanged: number
  removed: number
  /** Passages written and taken away. */
  chunks: { added: number; removed: number }
  problems: ImportProblem[]
}

/** What a reader made of a file: Markdown, what names it, and for a page where it leads. */
export interface ReadDocument {
  title: string | null
  markdown: string
  links?: string[]
  expiresAt?: Date | null
  /** Where it says that readers can open it: a claim. */
  url?: string | null
}

/** The same, cut into passages. */
export interface ReadPassages {
  title: string | null
  lang: Lang | null
  passages: Passage[]
  links: string[]
  expiresAt: Date | null
  url?: string | null
}

/** What may be searched for a question, and how it is put. */
export interface Asking extends Scope {
  /** As the person wrote it. */
  question: string
  /** Other ways to ask the same, e.g. made to stand alone, or in the other language. */
  restated?: readonly string[]
  /** Private collections may be shown where it is answered. */
  isPrivatePlace: boolean
  /** Names; null = all that the scope allows. */
  collections: readonly string[] | null
  /** Of those, only the ones named as a tag, where any is. */
  tags?: readonly string[]
  /** 0 only tells whether there is anything to search. */
  limit: number
}

export interface Finding {
  chunk: Chunk
  /** 0 to 1: how much the best one has of the question, and of the others their share of what speaks for it. */
  score: number
  /** How near it is in meaning: a cosine; null = not known. */
  similarity: number | null
}

export interface Findings {
  /** Best first. */
  found: Finding[]
  /** Enough to answer from. */
  isEnough: boolean
  /** 0 to 1: how much of the question the best passages have. */
  coverage: number
  /** How near the nearest passage is in meaning: a cosine; null = not known. */
  similarity: number | null
  /** False when nothing at all may be searched: then there is no knowledge to answer from, and none to miss. */
  hasKnowledge: boolean
}

/** Search over what this process holds in memory, with the servers that may help. */
export interface Finder {
  /** Resolves when everything that was there at the start is in memory: to search before that is to miss things. */
  readonly ready: Promise<void>
  /** Never rejects for a server that helps: what it would have added is then missing. */
  search(asking: Asking): Promise<Findings>
}

/** What an article says, in one language or in both; '' is what is missing. */
export interface ArticleText {
  title: string
  questionKo: string
  answerKo: string
  questionEn: string
  answerEn: string
}

/** An article that staff may approve. Nothing is answered from it before that. */
export interface Proposal extends Scope, ArticleText {
  id: string
  /** Of the answer that it comes from. */
  turn: string
  visibility: Visibility
  /** Only for the audience of the conversation that it comes from. */
  isBound: boolean
  /** The name of the collection that it goes into. */
  collection: string
  /** In which it was asked and answered. */
  lang: Lang
  translation: 'waiting' | 'done' | 'failed'
  state: 'proposed' | 'approved' | 'rejected'
  revision: number
  /** The id of the collection that it stands in. */
  published: string | null
  /** The turn that shows its card. */
  card: string | null
  proposedByName: string
  decidedByName: string | null
  /** The turn of the press that decided. */
  decidedPress: string | null
}

export interface NewProposal extends Scope, ArticleText {
  turn: string
  visibility: Visibility
  isBound: boolean
  collection: string
  lang: Lang
  by: string
  byName: string
  /** The turn that proposes; the same one again proposes nothing new. */
  press: string
}

export interface ProposalDecision {
  state: 'approved' | 'rejected'
  by: string
  byName: string
  press: string
}

export interface Proposals {
  propose(proposal: NewProposal): Promise<Proposal>
  find(workspace: string, id: string): Promise<Proposal | null>
  /** All that come from one answer. */
  ofTurn(workspace: string, turn: string): Promise<Proposal[]>
  /** Null once it is decided. */
  edit(workspace: string, id: string, text: ArticleText): Promise<Proposal | null>
  /** Fills in the other language of that very revision; null = it could not be translated. */
  translated(
    workspace: string,
    id: string,
    revision: number,
    other: { question: string; answer: string } | null,
  ): Promise<void>
  /** Once; `isWithdrawal` also rejects what was approved. False when it was decided before. */
  decide(workspace: string, id: string, decision: ProposalDecision, isWithdrawal?: boolean): Promise<boolean>
  /** Who shows its card. */
  carded(workspace: string, id: string, turn: string): Promise<void>
  /**
   * Deletes what was proposed out of a person's conversations and is no article. Returns the turns that show the cards.
   * Before the conversations themselves go: only they say whose they are.
   */
  cardsOf(workspace: string, person: string): Promise<{ workspace: string; card: string | null }[]>
  forget(workspace: string, person: string): Promise<{ workspace: string; card: string | null }[]>
  /** Deletes what nobody has approved for so long; bounded. Returns how many. */
  purge(retentionDays: number, limit: number, workspace?: string | null): Promise<number>
}

/** Makes an article of an approved proposal, or takes it away again. Both may be repeated. */
export interface Publisher {
  publish(proposal: Proposal): Promise<void>
  unpublish(proposal: Proposal): Promise<void>
}
