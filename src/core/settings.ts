// What a workspace's admins can set, per workspace and per channel. Parsed at the edge; defaults are here.
import { z } from 'zod'
import type { Place } from './inbound.ts'
import { PAIRS } from './language-pair.ts'
import { TARGET_LANGS } from './target-lang.ts'
import { ADDRESSES } from './tone.ts'

export const settingsSchema = z.object({
  /** When it speaks in a channel. */
  mode: z.enum(['mention', 'every', 'draft', 'off']).default('mention'),
  /** Where it answers a channel message. */
  answers: z.enum(['thread', 'here']).default('thread'),
  language: z.enum(['auto', 'ko', 'en']).default('auto'),
  /** The AI label under answers. */
  label: z.enum(['every', 'first', 'off']).default('every'),
  /** Who may use it here. */
  who: z.enum(['everyone', 'members', 'admins']).default('everyone'),
  /** Whether other bots' messages are answered (only when they mention it). */
  bots: z.enum(['ignore', 'answer']).default('ignore'),
  /** Whether it speaks in a channel shared with another organisation. */
  shared: z.enum(['off', 'on']).default('off'),
  /** The channel that hears of requests for a person; null = none. */
  staffChannel: z.string().max(64).nullable().default(null),
  /** Its members are staff too: a user group of Slack, a role of Discord. */
  staffGroup: z.string().max(64).nullable().default(null),
  /** The forum's tag for what is solved; null = by its usual names. */
  solvedTag: z.string().max(50).nullable().default(null),
  /** Whether a forum post is archived once it is solved. */
  archive: z.enum(['off', 'on']).default('off'),
  /** Names of the collections that it answers from, with commas; null = all that may be shown. */
  collections: z.string().max(400).nullable().default(null),
  /** Whether a flag put on a message gets it translated. */
  flags: z.enum(['on', 'off']).default('on'),
  /** How politely Korean translations speak, where nobody asks for another way. */
  tone: z.enum(['polite', 'formal', 'casual']).default('polite'),
  /** When people are there, as opening-hours.ts writes it; null = nobody says. */
  hours: z.string().max(2_000).nullable().default(null),
  /** Of those hours; IANA name. */
  timezone: z.string().max(64).default('Asia/Seoul'),
  /** Public holidays on which nobody is there. */
  holidays: z.enum(['kr', 'kr-labour', 'none']).default('kr'),
  /** Further days off, as parseClosedDays gives them, with commas. */
  closed: z.string().max(2_000).nullable().default(null),
  /** How soon staff want to answer, as targets.ts writes it. */
  sla: z.string().max(2_000).nullable().default(null),
  /** Days without a reply of the customer's until they are reminded, and again until the case ends. */
  autoclose: z.enum(['3', '7', '14', 'off']).default('7'),
  /** Days for which messages, answers and cases are kept; the installation's own limit holds beside it. Null = that limit. */
  retention: z
    .string()
    .regex(/^\d{1,4}$/)
    .nullable()
    .default(null),
  /** What staff read and write: what a customer writes in another language reaches them translated, and theirs the customer. */
  staffLang: z.enum([...TARGET_LANGS, 'off']).default('ko'),
  /** Whether staff see the translation of what they write before the customer does. */
  hold: z.enum(['off', 'on']).default('off'),
  /** Who customers hear from: the team by this name; null = each person by their own. */
  staffName: z.string().max(80).nullable().default(null),
  /** Whether 합니다 and 해요 may stand side by side in a translation. */
  strict: z.enum(['off', 'on']).default('off'),
  /** What Korean translations call the person that they speak to. */
  address: z.enum(ADDRESSES).default('customer'),
  /** Whether a translation about refunds, law or safety is translated back and shown for checking. */
  backcheck: z.enum(['off', 'on']).default('off'),
  /** What calls a person at once: `every`, or words with commas between them; null = nothing. */
  person: z.string().max(400).nullable().default(null),
  /** Matters that go to a person, with commas between them; the model judges. */
  topics: z.string().max(400).nullable().default(null),
  /** Who gets what is too much for the others, as hand-over-rule.ts writes it; null = nobody. */
  lead: z.string().max(200).nullable().default(null),
  /** Whether a model sees personal data, and whoever looks at what is kept. */
  mask: z.enum(['off', 'on']).default('off'),
  /** Every message gets its translation into the other of two languages: `ko-en`. */
  auto: z.enum(['off', ...PAIRS]).default('off'),
})

export type Settings = z.infer<typeof settingsSchema>
export type SettingName = keyof Settings

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})

/** Which settings may be set for one channel; the rest are the workspace's. */
export const CHANNEL_SETTINGS: readonly SettingName[] = [
  'mode',
  'answers',
  'language',
  'who',
  'bots',
  'shared',
  'label',
  'collections',
  'flags',
  'tone',
  'solvedTag',
  'archive',
  'strict',
  'address',
  'backcheck',
  'person',
  'topics',
  'auto',
]

/**
 * When it speaks in that channel. Drafts need staff to read them: without a staff channel it is off, and in the staff
 * channel itself there is nobody to hide an answer from.
 */
export function modeIn({ mode, staffChannel }: Settings, channel: string): Settings['mode'] {
  if (mode !== 'draft') return mode
  if (staffChannel === null) return 'off'
  return staffChannel === channel ? 'mention' : 'draft'
}

/** For how many days something is kept there: never longer than the installation allows. */
export function retentionIn({ retention }: Pick<Settings, 'retention'>, limitDays: number): number {
  return retention === null ? limitDays : Math.min(Number(retention), limitDays)
}

/** The staff channel of whoever is at `place`; null when none is set. */
export function staffPlaceOf({ staffChannel }: Settings, { platform, workspace }: Place): Place | null {
  return staffChannel === null ? null : { platform, workspace, channel: staffChannel, thread: null }
}
