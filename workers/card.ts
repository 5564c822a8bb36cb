// What a card in the staff channel shows of a question: who asked, the words, and where to find them.

const MAX_QUESTION_CHARS = 300

export function questionCard(title: string, by: string, question: string, link: string | null): string {
  return [by === '' ? `**${title}**` : `**${title}** — ${by}`, quoted(question), link ?? '']
    .filter((part) => part !== '')
    .join('\n\n')
}

export function quoted(question: string): string {
  const all = question.trim()
  const short =
    all.length > MAX_QUESTION_CHARS ? `${all.slice(0, MAX_QUESTION_CHARS - 1).toWellFormed()}…` : all
  return short === '' ? '' : asQuote(short)
}

/** All of it, each line as a quotation. */
export function asQuote(text: string): string {
  return text.trim().replaceAll(/^/gm, '> ')
}

/** A name or a title, without what Markdown would make of it. */
export function plain(words: string): string {
  return words.replace(/[\\*_~`[\]<>|]/g, '\\$&')
}
