// What is counted and timed, by name; the HTTP side turns it into Prometheus metrics. Labels are few and never user text.

export type Labels = Record<string, string>

export interface Metrics {
  count(name: string, labels?: Labels): void
  /** Seconds. */
  time(name: string, seconds: number, labels?: Labels): void
  gauge(name: string, value: number, labels?: Labels): void
}

/** For parts that run without an HTTP side. */
export const NO_METRICS: Metrics = {
  count() {
    return
  },
  time() {
    return
  },
  gauge() {
    return
  },
}
