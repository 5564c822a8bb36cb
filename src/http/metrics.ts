// Metrics for Prometheus: each name becomes a counter, histogram or gauge when it is first used.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Labels, Metrics } from '../core/metrics.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

export interface PrometheusMetrics extends Metrics {
  /** The text that Prometheus scrapes. */
  text(): Promise<string>
}

export function createMetrics(): PrometheusMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  const made = <Metric>(known: Map<string, Metric>, name: string, make: () => Metric): Metric => {
    const found = known.get(name) ?? make()
    known.set(name, found)
    return found
  }
  const spec = (name: string, labels: Labels) => ({
    name: `damso_${name}`,
    help: name.replaceAll('_', ' '),
    labelNames: Object.keys(labels),
    registers: [registry],
  })
  return {
    count(name, labels = {}) {
      made(counters, name, () => new Counter(spec(name, labels))).inc(labels)
    },
    time(name, seconds, labels = {}) {
      made(histograms, name, () => new Histogram({ ...spec(name, labels), buckets: SECONDS })).observe(
        labels,
        seconds,
      )
    },
    gauge(name, value, labels = {}) {
      made(gauges, name, () => new Gauge(spec(name, labels))).set(labels, value)
    },
    text: () => registry.metrics(),
  }
}
