// An approved proposal as a document: the answer under its question, with the other language as the passage's translation,
// or as passages of their own where an answer is too long to be one. One document per answer, so that what is approved
// later takes the place of what was approved before.
import type { Lang } from '../core/error.ts'
import type { Database } from '../store/db.ts'
import { fitLine } from '../text/line.ts'
import { chunkMarkdown } from './chunk.ts'
import { hashOf } from './difference.ts'
import type { Documents } from './documents.ts'
import type { Collection, Passage, Proposal, Publisher, Visibility } from './model.ts'

const PRIVATE_SUFFIX = ' (비공개 · private)'
const MAX_HEADING_CHARS = 200

export function createPublisher(db: Database, documents: Documents): Publisher {
  const unpublish = async ({ id, workspace, turn, published }: Proposal): Promise<void> => {
    const collection = (await documents.collections(workspace)).find((one) => one.id === published)
    if (collection) await documents.remove(collection, sourceOf(turn))
    await noted(db, workspace, id, null)
  }
  return {
    unpublish,
    async publish(proposal) {
      const collection = await collectionOf(documents, proposal)
      const { passages, translation } = passagesOf(proposal)
      const bytes = Buffer.byteLength(passages.map(({ text }) => text).join('\n'))
      const sourceHash = hashOf(JSON.stringify([proposal.title, passages]))
      const document = { title: proposal.title, url: null, bytes, sourceHash, expiresAt: null }
      await documents.save(
        collection,
        { ...document, source: sourceOf(proposal.turn), lang: langOf(proposal, passages) },
        passages,
      )
      if (translation !== null) await translate(db, documents, collection, proposal, translation)
      await noted(db, proposal.workspace, proposal.id, collection.id)
    },
  }
}

function sourceOf(turn: string): string {
  return `answer/${turn}`
}

async function noted(db: Database, workspace: string, id: string, published: string | null): Promise<void> {
  await db.query('update kb_proposals set published = $3::bigint where workspace = $1 and id = $2::bigint', [
    workspace,
    id,
    published,
  ])
}

/** What came from a private place never goes where everybody sees it; a collection's visibility is not changed for it. */
async function collectionOf(
  documents: Documents,
  { workspace, audience, isBound, collection, visibility }: Proposal,
): Promise<Collection> {
  const scope = { workspace, audience: isBound ? audience : '' }
  const known = (await documents.collections(workspace)).filter((one) => one.audience === scope.audience)
  const visibilityOf = (name: string): Visibility | null => {
    const named = known.filter((one) => one.name === name.normalize('NFC'))
    return (named.find((one) => one.workspace === workspace) ?? named[0])?.visibility ?? null
  }
  const isTooOpen = visibility === 'private' && (visibilityOf(collection) ?? 'public') === 'public'
  const name = isTooOpen ? collection + PRIVATE_SUFFIX : collection
  const wanted = isTooOpen ? 'private' : (visibilityOf(name) ?? visibility)
  return documents.openCollection(scope, name, { visibility: wanted })
}

/** `translation`: of the only passage, when it is one and has one. */
function passagesOf(article: Proposal): { passages: Passage[]; translation: string | null } {
  const { lang, questionKo, answerKo, questionEn, answerEn } = article
  const korean = passagesIn(questionKo, answerKo)
  const english = passagesIn(questionEn, answerEn)
  const [own, other] = lang === 'ko' ? [korean, english] : [english, korean]
  if (own.length !== 1 || other.length > 1) return { passages: [...own, ...other], translation: null }
  const text = lang === 'ko' ? [questionEn, answerEn] : [questionKo, answerKo]
  return { passages: own, translation: other.length === 0 ? null : text.join('\n\n').trim() }
}

async function translate(
  db: Database,
  documents: Documents,
  collection: Collection,
  { workspace, turn }: Proposal,
  translation: string,
): Promise<void> {
  const chunks = await db.query<{ id: string }>(
    `select c.id::text from kb_chunks c join kb_documents d on d.id = c.document
     where d.collection = $1::bigint and d.source = $2 and not c.is_gone`,
    [collection.id, sourceOf(turn)],
  )
  for (const { id } of chunks) await documents.translate(workspace, id, translation)
}

function passagesIn(question: string, answer: string): Passage[] {
  const heading = fitLine(question, MAX_HEADING_CHARS)
  const above = heading === '' ? [] : [heading]
  return chunkMarkdown(answer).map(({ headings, text }) => ({ headings: [...above, ...headings], text }))
}

function langOf({ lang, answerKo, answerEn }: Proposal, { length }: readonly Passage[]): Lang | null {
  return length > 1 && answerKo !== '' && answerEn !== '' ? null : lang
}
