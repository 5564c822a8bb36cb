// What many ask within a moment is asked once, for all of them.
import type { Clock } from './clock.ts'

interface Waiting<Asked, Answer> {
  asked: Asked
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** `ask` gets at most `most` at a time and answers in their order; the first of them waits `ms` for the others. */
export function together<Asked, Answer>(
  clock: Clock,
  { ms, most }: { ms: number; most: number },
  ask: (all: Asked[]) => Promise<Answer[]>,
): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = []
  const send = async (): Promise<void> => {
    const some = waiting.slice(0, most)
    waiting = waiting.slice(most)
    if (waiting.length > 0) clock.after(0, () => void send())
    try {
      const answers = await ask(some.map(({ asked }) => asked))
      for (const [index, one] of some.entries()) one.resolve(answers[index] as Answer)
    } catch (error) {
      for (const one of some) one.reject(error)
    }
  }
  return (asked) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    if (waiting.length === 0) clock.after(ms, () => void send())
    waiting.push({ asked, resolve, reject })
    return promise
  }
}
