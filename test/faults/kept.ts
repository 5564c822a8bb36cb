// What scenarios in a row go on with: opening servers and processes takes longer than what many of them do to those.

export interface Kept extends AsyncDisposable {
  /** What was opened under this key, if it is the last thing that was; else that is closed, and this is opened. */
  take<T>(key: string, open: (stack: AsyncDisposableStack) => Promise<T>): Promise<T>
}

export function createKept(): Kept {
  let kept: { key: string; value: unknown; stack: AsyncDisposableStack } | null = null
  const close = async (): Promise<void> => {
    const last = kept
    kept = null
    await last?.stack.disposeAsync()
  }
  return {
    async take<T>(key: string, open: (stack: AsyncDisposableStack) => Promise<T>): Promise<T> {
      if (kept?.key === key) return kept.value as T
      await close()
      // Not moved: what was opened goes on adding to it.
      const stack = new AsyncDisposableStack()
      try {
        const value = await open(stack)
        kept = { key, value, stack }
        return value
      } catch (error) {
        await stack.disposeAsync()
        throw error
      }
    },
    [Symbol.asyncDispose]: close,
  }
}
