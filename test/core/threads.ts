// Short conversations and what Damso should do at each message, as data: route's own test replays them over a model of
// the store's conditions, and the store's test over the real ones.
import type { Conversation } from './conversation.ts'
import { ENGLISH } from './threads-en.ts'
import { KOREAN } from './threads-ko.ts'

export const CONVERSATIONS: readonly Conversation[] = [...KOREAN, ...ENGLISH]
