// The figures as a table for the terminal.
import { figure, isMet, type Measurement, number, spread, type Target } from '../harness/row.ts'

export function tableOf(measurements: readonly Measurement[]): string {
  return measurements
    .map((one) => {
      const met = isMet(one)
      const mark = met === null ? ' ' : met ? '✔' : '✗'
      const beside = Object.entries(one.beside ?? {}).map(([name, value]) => `${name} ${value}`)
      return [
        `  ${mark} ${one.what}`,
        `      ${shownFigure(one).padEnd(14)} ${goalOf(one.target, one.unit).padEnd(12)} ${spread(one.runs).padEnd(16)} ${beside.join(' · ')}`,
      ].join('\n')
    })
    .join('\n')
}

export function shownFigure(measurement: Measurement): string {
  return `${number(figure(measurement))} ${measurement.unit}`.trim()
}

export function goalOf(target: Target | undefined, unit: string): string {
  if (!target) return ''
  return (
    'atMost' in target ? `≤ ${number(target.atMost)} ${unit}` : `≥ ${number(target.atLeast)} ${unit}`
  ).trim()
}
