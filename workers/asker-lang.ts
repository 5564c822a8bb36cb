// The language in which somebody is spoken to who has used a command.
import type { Lang } from '../src/core/error.ts'
import type { Turn } from '../src/core/turn.ts'

/** Their own where the platform says it or they have chosen one; else the one that they typed the command in. */
export function askerLang({ author, messages }: Pick<Turn, 'author' | 'messages'>): Lang {
  return author.lang ?? (messages[0]?.body['lang'] === 'en' ? 'en' : 'ko')
}
