// The marks of an answer's citations, [1]: which a sentence has, and their numbers once sentences have gone.

/** What is code, in which brackets are no marks; a mark. A link's text is none. */
const MARK = /(`+)[\s\S]*?(?:\1|$)|\s?\[(\d{1,2})\](?![(:])/g

/** The numbers that a sentence cites. */
export function marksOf(sentence: string): number[] {
  return [...sentence.matchAll(MARK)].flatMap(([, , number]) => (number ? [Number(number)] : []))
}

/**
 * Numbers the marks anew in order of first citation. `cited`: what [1], [2] … stood for; those that no mark is left of
 * are gone from what comes back.
 */
export function renumbered(text: string, cited: readonly number[]): { text: string; cited: number[] } {
  const order: number[] = []
  const made = text.replace(MARK, (mark, _code, number?: string) => {
    if (!number) return mark
    const source = cited[Number(number) - 1]
    if (source === undefined) return ''
    if (!order.includes(source)) order.push(source)
    return mark.replace(number, String(order.indexOf(source) + 1))
  })
  return { text: made, cited: order }
}
