// Which collections may be searched for a question: the one rule for every way of searching.
import type { Asking, Collection } from './model.ts'

/** Knowledge that is not open here, private or of a collection whose name was misspelled, is no leave to guess. */
export function isKnown(asking: Asking, collections: ReadonlyMap<string, Collection>): boolean {
  return [...collections.values()].some((one) => isInScope(one, asking))
}

function isInScope(one: Collection, { workspace, audience }: Asking): boolean {
  return (
    (one.workspace === '*' || one.workspace === workspace) &&
    (one.audience === '' || one.audience === audience)
  )
}

/** The ids of the collections whose passages may be seen by everybody who will see the answer. */
export function openTo(asking: Asking, collections: ReadonlyMap<string, Collection>): Set<string> {
  const open: Collection[] = []
  for (const one of collections.values()) {
    const isShown = one.visibility === 'public' || asking.isPrivatePlace
    const isWanted = asking.collections === null || asking.collections.includes(one.name)
    if (isInScope(one, asking) && isShown && isWanted) open.push(one)
  }
  // Tags choose among what may be shown; they open nothing.
  const tags = new Set(asking.tags?.map(plainName))
  tags.delete('')
  const chosen = open.filter(({ name }) => tags.has(plainName(name)))
  return new Set((chosen.length > 0 ? chosen : open).map(({ id }) => id))
}

/** "📦 배송" is the collection 배송. */
function plainName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
