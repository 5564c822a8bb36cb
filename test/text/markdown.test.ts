// The model's Markdown is read as its writer meant it, and stays readable where no Markdown is shown.
import type { Nodes, Table } from 'mdast'
import { describe, expect, it } from 'vitest'
import { displayWidth, monospaceTable, parseMarkdown, toPlainText } from '../../src/text/markdown.ts'

function emphasised(node: Nodes, found: string[] = []): string[] {
  if (node.type === 'strong' || node.type === 'emphasis') found.push(`${node.type}: ${toPlainText(node)}`)
  if ('children' in node) for (const child of node.children) emphasised(child, found)
  return found
}

describe('parseMarkdown', () => {
  it.each([
    ['**비밀번호(Password)**를 바꿔요', 'strong: 비밀번호(Password)'],
    ['**"설정"**에서', 'strong: "설정"'],
    ['가동률은 **99.9%**입니다', 'strong: 99.9%'],
    ['*주의!*라고', 'emphasis: 주의!'],
  ])('sees the emphasis in %s', (text, expected) => {
    expect(emphasised(parseMarkdown(text))).toEqual([expected])
  })

  it('does not strike out a range of days', () => {
    expect(toPlainText(parseMarkdown('배송은 3~5일, 제주는 7~10일'))).toBe('배송은 3~5일, 제주는 7~10일')
    expect(JSON.stringify(parseMarkdown('3~5일, 7~10일'))).not.toContain('delete')
  })

  it('reads tables, task lists and struck-out text', () => {
    const types = parseMarkdown('| a | b |\n|---|---|\n| 1 | 2 |\n\n~~취소~~').children.map(
      ({ type }) => type,
    )
    expect(types).toEqual(['table', 'paragraph'])
  })
})

describe('toPlainText', () => {
  it.each([
    ['**굵게**와 *기울임*, `코드`', '굵게와 기울임, 코드'],
    ['# 제목\n\n본문', '제목\n\n본문'],
    ['- 하나\n- 둘', '• 하나\n• 둘'],
    ['3. 셋\n4. 넷', '3. 셋\n4. 넷'],
    ['- 하나\n  - 안쪽', '• 하나\n  • 안쪽'],
    ['[안내](https://x.kr/a) 참고', '안내 (https://x.kr/a) 참고'],
    ['https://x.kr/a', 'https://x.kr/a'],
    ['```js\nlet a = 1\n```', 'let a = 1'],
    ['> 인용\n>\n> 둘째', '인용\n\n둘째'],
    ['| 이름 | 값 |\n|---|---|\n| 가 | 1 |', '이름 | 값\n가 | 1'],
    ['![사진](https://x.kr/a.png)', '사진'],
    ['**\u200B"설정"\u200B**에서', '"설정"에서'],
  ])('%j', (text, expected) => {
    expect(toPlainText(parseMarkdown(text))).toBe(expected)
  })
})

describe('monospaceTable', () => {
  const table = (text: string) => monospaceTable(parseMarkdown(text).children[0] as Table)

  it('lines up Korean and English columns and keeps the alignment', () => {
    expect(
      table('| 상품 | Price | 재고 |\n|---|---:|:-:|\n| 텀블러 | 12,000원 | O |\n| Mug | 900원 | 없음 |'),
    ).toBe(
      [
        '상품       Price  재고',
        '------  --------  ----',
        '텀블러  12,000원   O',
        'Mug        900원  없음',
      ].join('\n'),
    )
  })

  it('copes with missing cells and with links in cells', () => {
    expect(table('| a | b |\n|---|---|\n| 1 |\n| [문서](https://x.kr) | **둘** |').split('\n')).toHaveLength(
      4,
    )
  })

  it.each([
    ['가나', 4],
    ['abc', 3],
    ['ㅋㅋ', 4],
    ['👍', 2],
    ['👨‍👩‍👧', 2],
    ['e\u0301', 1],
    ['漢字', 4],
    ['₩5', 2],
    ['\u1100\u1161', 2],
    ['❤️', 2],
    ['a\u200Bb', 2],
  ])('%s is %d columns wide', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})
