// What `npm run eval` tells: the same rows for a terminal and for README, in both languages.
import type { Both, Lang } from '../../core/error.ts'
import type { Figures, Scores, Share, Summary } from './score.ts'

const ROWS: readonly (readonly [keyof Scores, Both])[] = [
  ['correct', { ko: '정답(핵심 값이 모두 맞음)', en: 'right answers (every key value)' }],
  ['refused', { ko: '문서에 있는데 모른다고 함', en: 'in the documents, but said not to be' }],
  ['citations', { ko: '맞는 출처', en: 'citations of the right article' }],
  ['falseAnswers', { ko: '문서에 없는데 답함(오답)', en: 'answered, but not in the documents' }],
  ['language', { ko: '질문과 같은 언어', en: 'in the question’s language' }],
  ['failed', { ko: '답을 받지 못함', en: 'no answer at all' }],
]
const HEADER: Readonly<Record<Lang, readonly string[]>> = {
  ko: ['', '한국어 질문', '영어 질문', '전체'],
  en: ['', 'asked in Korean', 'asked in English', 'all'],
}

/** With its header. */
export function toRows({ ko, en, all }: Summary, lang: Lang): string[][] {
  const rows = ROWS.map(([key, title]) => [title[lang], ...[ko, en, all].map((one) => toShare(one[key]))])
  return [[...HEADER[lang]], ...rows]
}

export function toFigures({ firstWordMs, msMedian, ms95, tokens, dropped }: Figures, lang: Lang): string {
  const [first, half, most] = [firstWordMs, msMedian, ms95].map(toSeconds)
  return {
    ko: `첫 글자 ${first}, 답변 전체 ${half}(중앙값), ${most}(95%). 답변당 ${tokens ?? '-'}토큰. 근거가 없어 뺀 문장 ${dropped}개.`,
    en: `First word ${first}, whole answer ${half} (median), ${most} (95%). ${tokens ?? '-'} tokens an answer. ${dropped} sentences taken out that no passage bore out.`,
  }[lang]
}

function toShare({ right, of }: Share): string {
  return of === 0 ? '-' : `${Math.round((100 * right) / of)}% (${right}/${of})`
}

function toSeconds(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`
}
