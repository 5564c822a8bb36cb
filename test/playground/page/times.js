// The times under a message: received → saved → queued → writing → first word → done.
import { h } from './dom.js'

const STAGES = ['received', 'saved', 'queued', 'writing', 'first', 'done']

/** Null for what the app has not heard of, or does not answer. */
export function timesRow(times, words) {
  if (!times || times.received === null) return null
  const isOver = times.done !== null
  const current = STAGES.find((stage) => times[stage] === null)
  const chips = STAGES.filter((stage) => times[stage] !== null || (!isOver && stage === current)).map(
    (stage) => chip(stage, times, words),
  )
  const again = times.starts > 1 ? [h('li', { class: 'again' }, words.again(times.starts))] : []
  return h('ol', { class: 'times', 'data-done': isOver ? times.outcome : null }, ...chips, ...again)
}

function chip(stage, times, words) {
  const ms = times[stage]
  const label = stage === 'done' ? (words.ended[times.outcome] ?? words.times.done) : words.times[stage]
  const ahead = stage === 'queued' && ms !== null ? ` (${words.ahead(times.ahead)})` : ''
  return h(
    'li',
    { class: ms === null ? 'pending' : '', 'data-stage': stage },
    label,
    ms === null ? null : h('b', {}, ` ${duration(ms)}`),
    ahead,
  )
}

export function duration(ms) {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}
