// What is said about the glossary, in both languages.
import type { Lang } from './error.ts'

interface GlossaryWords {
  title(count: number): string
  none: string
  added(term: string): string
  removed(word: string, count: number): string
  contradiction(clash: string): string
  full(max: number): string
  unreadable: string
  imported(taken: number, bad: number): string
  noRoom(left: number): string
  row(row: number): string
  clash(clash: string): string
  more(count: number): string
  nothingToImport: string
  fileTooLarge: string
  fileRefused: string
  exportTooLong: string
  kept: string
  forbidden(words: string): string
  caseCounts: string
}

const ko: GlossaryWords = {
  title: (count) => `**용어집** (${count}개)`,
  none: '등록된 용어가 없어요. `용어집 추가 예치금 = deposit`처럼 추가해 주세요.',
  added: (term) => `용어집에 넣었어요: ${term}`,
  removed: (word, count) => (count > 0 ? `용어집에서 뺐어요: ${word}` : `용어집에 없는 말이에요: ${word}`),
  contradiction: (clash) =>
    `이미 있는 용어와 맞지 않아서 넣지 않았어요: ${clash}. 먼저 있던 용어를 삭제해 주세요.`,
  full: (max) => `용어는 ${max}개까지 넣을 수 있어요.`,
  unreadable: '용어를 읽지 못했어요. `예치금 = deposit`처럼 써 주세요.',
  imported: (taken, bad) =>
    `용어 ${taken}개를 가져왔어요.${bad > 0 ? ` ${bad}개 행은 가져오지 못했어요.` : ''}`,
  noRoom: (left) => `자리가 없어서 ${left}개는 가져오지 못했어요.`,
  row: (row) => `${row}행`,
  clash: (clash) => `이미 있던 용어와 맞지 않아요: ${clash}`,
  more: (count) => `그 밖에 ${count}개가 더 있어요.`,
  nothingToImport: 'CSV를 붙여 넣거나, CSV 파일을 올리면서 저를 불러 ‘용어집 가져오기’라고 써 주세요.',
  fileTooLarge: '파일이 너무 커요. 2MB 이하로 올려 주세요.',
  fileRefused: '파일을 열지 못했어요. CSV 파일을 다시 올려 주세요.',
  exportTooLong: '용어가 너무 많아서 여기서 보여 드릴 수 없어요.',
  kept: '번역하지 않음',
  forbidden: (words) => `금지: ${words}`,
  caseCounts: '대소문자 구분',
}

const en: GlossaryWords = {
  title: (count) => `**Glossary** (${count})`,
  none: 'There are no terms yet. Add one like this: `glossary add 예치금 = deposit`.',
  added: (term) => `Added to the glossary: ${term}`,
  removed: (word, count) =>
    count > 0 ? `Removed from the glossary: ${word}` : `The glossary does not have: ${word}`,
  contradiction: (clash) =>
    `Not added, it contradicts a term that is there: ${clash}. Please remove that one first.`,
  full: (max) => `There can be ${max} terms.`,
  unreadable: 'I couldn’t read that term. Please write it like this: `예치금 = deposit`.',
  imported: (taken, bad) => `Imported: ${taken}.${bad > 0 ? ` Rows left out: ${bad}.` : ''}`,
  noRoom: (left) => `There was no room for ${left} more.`,
  row: (row) => `Row ${row}`,
  clash: (clash) => `Contradicts a term that was there: ${clash}`,
  more: (count) => `… and ${count} more.`,
  nothingToImport: 'Paste CSV after the command, or mention me with a CSV file and write “glossary import”.',
  fileTooLarge: 'The file is too large. Please keep it under 2 MB.',
  fileRefused: 'I couldn’t open the file. Please upload the CSV again.',
  exportTooLong: 'There are too many terms to show here.',
  kept: 'not translated',
  forbidden: (words) => `never: ${words}`,
  caseCounts: 'case counts',
}

export const GLOSSARY: Readonly<Record<Lang, GlossaryWords>> = { ko, en }
