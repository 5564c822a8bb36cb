// How politely a translation speaks. In Korean these are speech levels: 합쇼체, 해요체, 해체.
import type { Both } from './error.ts'

export const TONES = ['formal', 'polite', 'casual'] as const
export type Tone = (typeof TONES)[number]

export const TONE_WORDS: Readonly<Record<Tone, Both>> = {
  formal: { ko: '격식 있게(합니다)', en: 'Formal' },
  polite: { ko: '부드럽게(해요)', en: 'Polite' },
  casual: { ko: '편하게(해)', en: 'Casual' },
}

/** What Korean calls the person that it speaks to. */
export const ADDRESSES = ['customer', 'name', 'member', 'none'] as const
export type Address = (typeof ADDRESSES)[number]

const ALIASES: Readonly<Record<Tone, readonly string[]>> = {
  formal: ['격식', '격식있게', '합니다', '합니다체', '합쇼체', '정중하게', '존댓말'],
  polite: ['부드럽게', '해요', '해요체', '친절하게', 'friendly'],
  casual: ['편하게', '해', '해체', '반말', '반말로', 'informal'],
}

/** By name in either language, as the choices show it or shorter; null for anything else. */
export function parseTone(typed: string): Tone | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '')
  const found = TONES.find((tone) => {
    const { ko } = TONE_WORDS[tone]
    return [tone, ko.replace(/\s+/g, ''), ...ALIASES[tone]].includes(wanted)
  })
  return found ?? null
}

/** The tone of translations for one person, as it is kept. */
export interface Tones {
  /** "My tone": how politely translations for them speak, by their own words. On Discord it holds on every server. */
  toneOf(workspace: string, person: string): Promise<Tone | null>
  setTone(workspace: string, person: string, tone: Tone | null): Promise<void>
  /**
   * The same for whoever writes to them: by their own words, else by those of the staff of `staffWorkspace` (by default
   * the same workspace); null where neither says, and the channel's setting counts.
   */
  toneFor(workspace: string, person: string, staffWorkspace?: string): Promise<Tone | null>
  setStaffTone(staffWorkspace: string, person: string, tone: Tone | null): Promise<void>
}
