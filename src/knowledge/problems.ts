// What is said about a file or page that was left out: which one, why, and what to do.
import type { Both } from '../core/error.ts'
import type { ImportProblem, ProblemCode } from './model.ts'
import { ReadFailure } from './readers/failure.ts'

/** `detail`: the limit or the kind, where there is one. */
type Sentence = (name: string, detail: string) => Both

const SUPPORTED = 'Markdown, TXT, HTML, PDF, DOCX, XLSX, XLS, CSV, HWP, HWPX'

/** Kinds that a program which reads them can save as something else. */
const SAVE_AS: Readonly<Record<string, Both>> = {
  '.doc': { ko: ' Word에서 DOCX로 저장해 주세요.', en: ' Save it as DOCX in Word.' },
  '.ppt': { ko: ' PDF로 저장해 주세요.', en: ' Save it as PDF.' },
  '.pptx': { ko: ' PDF로 저장해 주세요.', en: ' Save it as PDF.' },
  '.zip': { ko: ' 압축을 풀어서 올려 주세요.', en: ' Unpack it first.' },
}

const SENTENCES: Record<ProblemCode, Sentence> = {
  unsupported: (name, detail) => {
    const save = SAVE_AS[detail]
    return {
      ko: `${name}: 지원하지 않는 형식이에요.${save?.ko ?? ` 읽을 수 있는 형식: ${SUPPORTED}.`}`,
      en: `${name}: this kind of file is not supported.${save?.en ?? ` Supported: ${SUPPORTED}.`}`,
    }
  },
  empty: (name) => ({ ko: `${name}: 내용이 없어요.`, en: `${name}: there is no text in it.` }),
  'too-large': (name, mb) => ({
    ko: `${name}: 파일이 너무 커요(최대 ${mb} MB). 나누어 올리거나 KB_MAX_FILE_MB를 늘려 주세요.`,
    en: `${name}: the file is too large (at most ${mb} MB). Split it, or raise KB_MAX_FILE_MB.`,
  }),
  'too-many-pages': (name, pages) => ({
    ko: `${name}: 쪽수가 너무 많아요(최대 ${pages}쪽). 나누어 올려 주세요.`,
    en: `${name}: it has too many pages (at most ${pages}). Split it.`,
  }),
  'too-much-text': (name) => ({
    ko: `${name}: 글이 너무 길어요. 나누어 올려 주세요.`,
    en: `${name}: it holds too much text. Split it.`,
  }),
  'zip-bomb': (name) => ({
    ko: `${name}: 압축을 풀면 비정상적으로 커지는 파일이라 열지 않았어요.`,
    en: `${name}: it would unpack to an abnormal size, so it was not opened.`,
  }),
  encrypted: (name) => ({
    ko: `${name}: 암호가 걸려 있어 읽을 수 없어요. 암호를 풀고 저장한 뒤 다시 올려 주세요.`,
    en: `${name}: it is protected by a password. Save it without one and import it again.`,
  }),
  damaged: (name) => ({
    ko: `${name}: 파일이 손상되었거나 확장자와 내용이 달라 읽을 수 없어요. 원래 프로그램에서 다시 저장해 주세요.`,
    en: `${name}: it is damaged, or is not what its name says. Save it again in the program it comes from.`,
  }),
  'needs-ocr': (name) => ({
    ko: `${name}: 글자가 없는 PDF예요(스캔한 문서로 보여요). 문자 인식(OCR)을 거친 뒤 다시 올려 주세요.`,
    en: `${name}: this PDF has no text, it looks scanned. Run OCR on it and import it again.`,
  }),
  timeout: (name, seconds) => ({
    ko: `${name}: ${seconds}초 안에 읽지 못해 건너뛰었어요. 나누어 올려 주세요.`,
    en: `${name}: reading took longer than ${seconds} s, so it was left out. Split it.`,
  }),
  'out-of-memory': (name) => ({
    ko: `${name}: 읽는 데 메모리가 너무 많이 필요해 건너뛰었어요. 나누어 올려 주세요.`,
    en: `${name}: reading it takes too much memory, so it was left out. Split it.`,
  }),
  'not-found': (name) => ({ ko: `${name}: 찾을 수 없어요.`, en: `${name}: not found.` }),
  'not-readable': (name, detail) => ({
    ko: `${name}: 열 수 없어요(${detail}). 권한을 확인해 주세요.`,
    en: `${name}: it cannot be opened (${detail}). Check its permissions.`,
  }),
  'address-refused': (name) => ({
    ko: `${name}: 내부 네트워크 주소라서 가져오지 않았어요. 공개된 주소만 가져올 수 있어요.`,
    en: `${name}: this address is inside a private network. Only public ones are fetched.`,
  }),
  'address-forbidden': (name) => ({
    ko: `${name}: 쓸 수 없는 주소예요. http:// 또는 https:// 주소를 넣어 주세요.`,
    en: `${name}: not an address that can be fetched. Use http:// or https://.`,
  }),
  'page-failed': (name, detail) => ({
    ko: `${name}: 페이지를 가져오지 못했어요(${detail}).`,
    en: `${name}: the page could not be fetched (${detail}).`,
  }),
  'too-many-links': (name, pages) => ({
    ko: `${name}: 페이지가 ${pages}개를 넘어 나머지는 가져오지 않았어요.`,
    en: `${name}: there are more than ${pages} pages; the rest was left out.`,
  }),
  'too-many-sitemaps': (name, sitemaps) => ({
    ko: `${name}: 사이트맵이 ${sitemaps}개를 넘어 나머지는 읽지 않았어요. 나머지 사이트맵은 주소를 따로 넣어 주세요.`,
    en: `${name}: it names more than ${sitemaps} sitemaps; the rest was left out. Import those by their own addresses.`,
  }),
  'other-site': (name, pages) => ({
    ko: `${name}: 다른 사이트의 주소는 가져오지 않았어요(${pages}). 필요하면 그 주소를 따로 넣어 주세요.`,
    en: `${name}: addresses on other sites were left out (${pages}). Import those by themselves if you need them.`,
  }),
  robots: (name, pages) => ({
    ko: `${name}: 이 사이트의 robots.txt가 막은 페이지 ${pages}개는 가져오지 않았어요.`,
    en: `${name}: its robots.txt keeps ${pages} of the pages out; those were not fetched.`,
  }),
}

export function toProblem(code: ProblemCode, source: string, detail = ''): ImportProblem {
  return { code, source, say: SENTENCES[code](shown(source), detail) }
}

/** Null for what is not a problem of one file. */
export function problemOf(error: unknown, source: string): ImportProblem | null {
  return error instanceof ReadFailure ? toProblem(error.code, source, error.detail) : null
}

/** A file name is written by anybody: one line, and no marks that a chat would act on. */
function shown(source: string): string {
  const line = source
    .replaceAll(/[\p{C}\u2028\u2029]/gu, ' ')
    .replaceAll(/[<>`*@]/g, '·')
    .trim()
  return line.length > 200 ? `…${line.slice(-199)}` : line
}
