// One profile per model family: sampling, thinking flag, template quirks, vision and licence, chosen by the model id.
// Numbers are LG AI Research's recommendations (model cards and READMEs of EXAONE 3.5 to K-EXAONE 2.0); ours are marked.

import type { Family, Profile } from './model.ts'

// Server defaults that would otherwise leak in: llama.cpp has top_k 40 and min_p 0.05. -1 turns top_k off in both servers.
const open = { top_k: -1, min_p: 0 }

// `thinking` as well as `enable_thinking`: vLLM before 0.14 reads only the former in its deepseek_v3 parser.
const quiet = { enable_thinking: false, thinking: false }

const nonCommercial = (version: string) => ({
  name: `EXAONE AI Model License Agreement ${version}-NC`,
  commercial: 'no' as const,
  note: 'Research only. For commercial use ask LG AI Research (contact_us@lgresearch.ai).',
})

const same = <T>(value: T) => ({ ko: value, en: value })

const base = {
  vision: false,
  instructions: 'system',
  thinking: 'toggle',
  templateKwargs: quiet,
  maxTokens: 1024,
  reasoningParser: 'deepseek_v3',
  rehearsal: false,
} satisfies Partial<Profile>

export const profiles: Readonly<Record<Family, Profile>> = {
  'exaone-3.5': {
    ...base,
    family: 'exaone-3.5',
    label: 'EXAONE 3.5',
    licence: nonCommercial('1.1'),
    thinking: 'none',
    reasoningParser: null,
    // top_p is ours. LG: repetition_penalty must not exceed 1.0.
    sampling: same({ temperature: 0.7, top_p: 0.95, repetition_penalty: 1, ...open }),
  },
  'exaone-deep': {
    ...base,
    family: 'exaone-deep',
    label: 'EXAONE Deep',
    licence: nonCommercial('1.1'),
    instructions: 'user',
    thinking: 'always',
    templateKwargs: {},
    maxTokens: 8192,
    // Its tags are <thought>, which no vLLM parser knows: they are stripped here.
    reasoningParser: null,
    sampling: same({ temperature: 0.6, top_p: 0.95, ...open }),
  },
  'exaone-4.0': {
    ...base,
    family: 'exaone-4.0',
    label: 'EXAONE 4.0',
    licence: nonCommercial('1.2'),
    // LG: below 0.6 without reasoning. The value is ours.
    sampling: same({ temperature: 0.5, top_p: 0.95, ...open }),
  },
  'exaone-4.0-1.2b': {
    ...base,
    family: 'exaone-4.0-1.2b',
    label: 'EXAONE 4.0 1.2B',
    licence: nonCommercial('1.2'),
    // LG: 0.1 in Korean, against switching languages in the middle.
    sampling: {
      ko: { temperature: 0.1, top_p: 0.95, ...open },
      en: { temperature: 0.5, top_p: 0.95, ...open },
    },
  },
  'exaone-4.5': {
    ...base,
    family: 'exaone-4.5',
    label: 'EXAONE 4.5',
    licence: nonCommercial('1.2'),
    vision: true,
    reasoningParser: 'qwen3',
    sampling: {
      ko: { temperature: 0.6, top_p: 0.95, presence_penalty: 1.5, top_k: 20, min_p: 0 },
      en: { temperature: 1, top_p: 0.95, presence_penalty: 1.5, ...open },
    },
  },
  'k-exaone': {
    ...base,
    family: 'k-exaone',
    label: 'K-EXAONE',
    licence: {
      name: 'K-EXAONE AI Model License Agreement',
      commercial: 'ask',
      note: 'Own commercial use is allowed; making the model available to third parties needs an agreement. Ask counsel.',
    },
    sampling: same({ temperature: 1, top_p: 0.95, presence_penalty: 0, ...open }),
  },
  'k-exaone-2': {
    ...base,
    family: 'k-exaone-2',
    label: 'K-EXAONE 2.0',
    licence: { name: 'Apache-2.0', commercial: 'yes', note: 'Commercial use is allowed.' },
    reasoningParser: 'qwen3',
    sampling: same({ temperature: 1, top_p: 0.95, ...open }),
  },
  plain: {
    ...base,
    family: 'plain',
    label: 'OpenAI-compatible model',
    licence: { name: 'unknown', commercial: 'unknown', note: "See the model's own licence." },
    thinking: 'none',
    templateKwargs: { enable_thinking: false },
    reasoningParser: null,
    // Ours. No top_k or min_p: a strict endpoint refuses keys it does not know.
    sampling: same({ temperature: 0.6, top_p: 0.95 }),
  },
  rehearsal: {
    ...base,
    family: 'rehearsal',
    label: 'Rehearsal model (not EXAONE)',
    licence: { name: 'MIT', commercial: 'yes', note: 'Part of this project; not a language model.' },
    thinking: 'none',
    reasoningParser: null,
    rehearsal: true,
    sampling: same({ temperature: 0.6, top_p: 0.95, ...open }),
  },
}

// First match wins. An EXAONE of unknown version (`--served-model-name exaone`) is taken for 4.0.
const families: readonly [RegExp, Family][] = [
  [/rehearsal/, 'rehearsal'],
  [/k[-_]?exaone[-_:]?2(?!\d)/, 'k-exaone-2'],
  [/k[-_]?exaone/, 'k-exaone'],
  [/exaone[-_:]?4[._-]5/, 'exaone-4.5'],
  [/exaone[-_:]?4.*1[._]2b/, 'exaone-4.0-1.2b'],
  [/exaone[-_:]?deep/, 'exaone-deep'],
  [/exaone[-_:]?3/, 'exaone-3.5'],
  [/exaone/, 'exaone-4.0'],
]

/** Ids come as `LGAI-EXAONE/EXAONE-4.0-32B-AWQ`, `exaone3.5:7.8b` or a GGUF path; only the last part names the model. */
export function profileFor(modelId: string, override?: Family): Profile {
  const name = modelId.toLowerCase().split('/').at(-1) ?? ''
  const family = override ?? families.find(([pattern]) => pattern.test(name))?.[1] ?? 'plain'
  return profiles[family]
}
