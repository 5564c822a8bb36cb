// A mark on a message whose translation was given up, so that who cannot read it knows of it: its channel goes on without.
import type { Poster, Turn } from '../../src/core/turn.ts'

export async function markUntranslated(
  { place, messages }: Pick<Turn, 'place' | 'messages'>,
  post: Pick<Poster, 'outbound'>,
  isRemoved = false,
): Promise<void> {
  const source = messages[0]?.source
  if (source !== undefined) await post.outbound.react(place, source, '⚠️', isRemoved)
}
