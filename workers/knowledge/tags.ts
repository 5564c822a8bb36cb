// What the tags of a forum post say about how it is answered.
import type { Lang } from '../../src/core/error.ts'
import type { Turn } from '../../src/core/turn.ts'

const LANGUAGES: Readonly<Record<string, Lang>> = {
  ...{ 한국어: 'ko', 한글: 'ko', korean: 'ko', ko: 'ko', kor: 'ko', kr: 'ko' },
  ...{ 영어: 'en', english: 'en', en: 'en', eng: 'en' },
}

export function tagsOf({ messages }: Pick<Turn, 'messages'>): string[] {
  const tags = messages.flatMap(({ body }) => (Array.isArray(body['tags']) ? body['tags'] : []))
  return [...new Set(tags.filter((tag) => typeof tag === 'string'))]
}

/** The language that the tags name; null when they name none, or both. */
export function languageOfTags(turn: Pick<Turn, 'messages'>): Lang | null {
  const named = new Set(tagsOf(turn).flatMap((tag) => LANGUAGES[plain(tag)] ?? []))
  return named.size === 1 ? ([...named][0] as Lang) : null
}

/** "🇬🇧 English" is English. */
function plain(tag: string): string {
  return tag
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
