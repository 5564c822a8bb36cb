// Word files: mammoth's HTML, because its own Markdown drops tables.
import mammoth from 'mammoth'
import type { ReadDocument } from '../model.ts'
import { htmlToMarkdown } from './turndown.ts'

/** How Korean Word and Hancom name their headings, besides "heading 1", which mammoth knows. */
const HEADINGS = [1, 2, 3, 4].flatMap((level) =>
  ['제목', '개요'].map((name) => `p[style-name='${name} ${level}'] => h${level}:fresh`),
)

export async function readDocx(bytes: Buffer): Promise<ReadDocument> {
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: [...HEADINGS, "p[style-name='Title'] => h1:fresh"],
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      externalFileAccess: false,
    },
  )
  return { title: null, markdown: htmlToMarkdown(value) }
}
