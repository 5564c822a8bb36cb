// A memo that forgets what has not been used for long, so that a stream of new words does not fill the memory.

/** `compute` is called for keys that are not remembered; between half of `maxEntries` and all of it are. */
export function memoize<Value>(compute: (key: string) => Value, maxEntries: number): (key: string) => Value {
  // Two generations: moving every key that is read to the end of one Map costs more than looking into two.
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  return (key) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const value = old.get(key) ?? compute(key)
    young.set(key, value)
    if (young.size * 2 >= maxEntries) {
      old = young
      young = new Map()
    }
    return value
  }
}
