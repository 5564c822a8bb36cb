// What a translation says is compared by value: the same in other words passes, a changed figure is seen.
import { describe, expect, test } from 'vitest'
import { findValues, missingValues } from '../../../src/text/values.ts'
import { DIFFERENT, SAME } from './pairs.ts'

function lost(ko: string, en: string): string[] {
  const [korean, english] = [findValues(ko, 'ko'), findValues(en, 'en')]
  return [...missingValues(korean, english), ...missingValues(english, korean)].map(
    ({ text, value }) => `${text} = ${value}`,
  )
}

describe('a good translation keeps every value', () => {
  test.each(SAME)('%s = %s', (ko, en) => {
    expect(lost(ko, en)).toEqual([])
  })

  test('there are enough pairs to trust it', () => {
    expect(SAME.length + DIFFERENT.length).toBeGreaterThanOrEqual(150)
  })
})

describe('a translation that changed a value is noticed', () => {
  test.each(DIFFERENT)('%s ≠ %s', (ko, en) => {
    expect(lost(ko, en)).not.toEqual([])
  })
})
