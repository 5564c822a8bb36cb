// Columns of equal width for a terminal. A Korean syllable takes two cells.

const GAP = '  '

export function toTable(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => cells(row[at] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((text, at) => text + ' '.repeat((widths[at] ?? 0) - cells(text)))
      .join(GAP)
      .trimEnd(),
  )
}

function cells(text: string): number {
  let sum = 0
  for (const char of text)
    sum += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char)
      ? 2
      : 1
  return sum
}
