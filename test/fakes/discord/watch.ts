// "Something changed": lets a test wait on a condition instead of sleeping. Changes of one tick are told once.

export interface UntilOptions {
  timeoutMs?: number
  /** what is waited for, in the failure message */
  what?: string
}

export interface Watch {
  changed(): void
  onChange(listener: () => void): () => void
  /** Resolves with the first truthy value of `predicate`; looks again after every change. */
  until<T>(predicate: () => T, options?: UntilOptions): Promise<NonNullable<T>>
}

export function createWatch(describe: () => string): Watch {
  const listeners = new Set<() => void>()
  let scheduled = false
  const tell = () => {
    scheduled = false
    for (const listener of [...listeners]) listener()
  }
  const onChange = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    changed() {
      if (scheduled || listeners.size === 0) return
      scheduled = true
      setImmediate(tell)
    },
    onChange,
    until<T>(predicate: () => T, { timeoutMs = 10_000, what = predicate.toString() }: UntilOptions = {}) {
      return new Promise<NonNullable<T>>((resolve, reject) => {
        let lastError: unknown
        const finish = (settle: () => void) => {
          clearTimeout(timer)
          clearInterval(poll)
          off()
          settle()
        }
        const look = () => {
          try {
            const value = predicate()
            if (value) finish(() => resolve(value as NonNullable<T>))
          } catch (error) {
            // `messages(...)[0]!.content` before there is one: not yet. Told at the end if it never came true.
            lastError = error
          }
        }
        const off = onChange(look)
        // Conditions on the caller's own state change without us knowing: look now and then.
        const poll = setInterval(look, 50)
        const giveUp = () => {
          const last =
            lastError instanceof Error
              ? `
Last look failed: ${lastError.message}`
              : ''
          finish(() =>
            reject(
              new Error(`Not within ${timeoutMs} ms: ${what}${last}
${describe()}`),
            ),
          )
        }
        const timer = setTimeout(giveUp, timeoutMs)
        look()
      })
    },
  }
}
