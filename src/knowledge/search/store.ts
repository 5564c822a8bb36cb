// Keeps the segments few and free of removed passages while passages come and go. What they mean and how they are
// ranked is left to index.ts.
import type { Dictionary } from './dictionary.ts'
import { type Entry, MAX_SEGMENT, mergeSegments, type Segment, segmentOf } from './segment.ts'

export interface SegmentStore {
  add(entries: readonly Entry[]): void
  /** Ids that are not there are passed over. */
  remove(ids: Iterable<number>): void
  readonly segments: readonly Segment[]
  /** Passages in the segments, removed ones too: what document frequencies are counted over. */
  readonly size: number
  readonly tokens: number
  readonly live: number
}

/** So many segments of about one size become one of the next. */
const FAN_IN = 4
const MAX_DEAD = 0.2

export function createSegmentStore(dictionary: Dictionary): SegmentStore {
  const home = new Map<number, Segment>()
  let segments: Segment[] = []
  let [size, tokens] = [0, 0]

  const put = (segment: Segment): void => {
    segments.push(segment)
    for (const id of segment.ids) home.set(id, segment)
    size += segment.ids.length
    for (const length of segment.lengths) tokens += length
    for (const term of segment.terms) dictionary.retain(term)
  }
  const drop = (segment: Segment): void => {
    segments = segments.filter((one) => one !== segment)
    size -= segment.ids.length
    for (const length of segment.lengths) tokens -= length
    for (const term of segment.terms) dictionary.release(term)
  }
  const replace = (old: readonly Segment[]): void => {
    const merged = mergeSegments(old)
    // The new one holds its terms before the old ones let them go.
    if (merged.ids.length > 0) put(merged)
    for (const segment of old) drop(segment)
  }
  const settle = (): void => {
    for (let group = crowd(segments); group.length > 0; group = crowd(segments)) replace(group)
  }

  return {
    add(entries) {
      for (let at = 0; at < entries.length; at += MAX_SEGMENT) {
        put(segmentOf(entries.slice(at, at + MAX_SEGMENT)))
        settle()
      }
    },
    remove(ids) {
      const touched = new Set<Segment>()
      for (const id of ids) {
        const segment = home.get(id)
        if (!segment) continue
        home.delete(id)
        segment.dead[segment.ids.indexOf(id)] = 1
        segment.deadCount += 1
        touched.add(segment)
      }
      for (const segment of touched) {
        if (segment.deadCount > segment.ids.length * MAX_DEAD) replace([segment])
      }
      settle()
    },
    get segments() {
      return segments
    },
    get size() {
      return size
    },
    get tokens() {
      return tokens
    },
    get live() {
      return home.size
    },
  }
}

/** Segments of one size that are many enough to become one, and fit. */
function crowd(segments: readonly Segment[]): readonly Segment[] {
  const levels = new Map<number, Segment[]>()
  for (const segment of segments) {
    const live = segment.ids.length - segment.deadCount
    if (live * 2 > MAX_SEGMENT) continue
    const level = Math.floor(Math.log2(Math.max(live, 1)) / Math.log2(FAN_IN))
    const group = levels.get(level) ?? []
    levels.set(level, group)
    group.push(segment)
    const sum = group.reduce((total, one) => total + one.ids.length - one.deadCount, 0)
    if (sum > MAX_SEGMENT) group.shift()
    else if (group.length >= FAN_IN) return group
  }
  return []
}
