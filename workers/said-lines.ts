// Answers of the model in lines of `name: value`, which it decorates as it likes.

/** The value of a line, '' without it. Lenient about order, case and Markdown. */
export function lineOf(said: string, name: string): string {
  return new RegExp(`^[\\s*\`-]*${name}[*\`]*\\s*[:：][\\s*\`]*(.+)$`, 'im').exec(said)?.[1]?.trim() ?? ''
}
