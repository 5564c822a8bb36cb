// One to five stars for a case, as buttons.
import type { Button } from '../../src/core/content.ts'

/** `id`: of the case. */
export function stars(id: string): Button[] {
  return [1, 2, 3, 4, 5].map((n) => ({ action: 'rating', value: `${id}:${n}`, label: '★'.repeat(n) }))
}
