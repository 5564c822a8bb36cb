// Passages in the other language: which lack it, and where it is kept. What a model made of one text serves every passage
// of the workspace that has the same text, now and when it comes again under another heading; what people wrote is its
// own passage's alone, since it may say more.
import type { Database } from '../store/db.ts'
import { NOTIFY, RAISE } from './feed.ts'

export interface TranslatedPassage {
  id: string
  workspace: string
  text: string
  translation: string | null
  /** The model that made the translation, or that could not; null: nobody tried, or people wrote it. */
  translator: string | null
}

export interface Translations {
  /** What a chunk of the workspace, or of every one, says; null when it is no longer there. */
  passage(workspace: string, chunk: string): Promise<TranslatedPassage | null>
  /**
   * Kept with the chunk for as long as its text stays; false when it is no longer there. `translator`: the model; null =
   * people wrote it.
   */
  translate(
    workspace: string,
    chunk: string,
    translation: string,
    translator?: string | null,
  ): Promise<boolean>
  /** The model has tried, and is not asked for this text again. */
  giveUp(workspace: string, chunk: string, translator: string): Promise<void>
  /** Any that has no translation, has not expired, and that this model has not given up; null when there is none. */
  untranslated(translator: string): Promise<TranslatedPassage | null>
}

const COLUMNS = 'c.id::text, c.workspace, c.text, c.translation, c.translator'

/** The chunk $2 of the workspace $1, and those that have the same text and lack a translation. */
const SAME_TEXT = `
  select s.id from kb_chunks o join kb_chunks s on s.workspace = o.workspace and md5(s.text) = md5(o.text) and s.text = o.text
  where o.id = $2::bigint and o.workspace = $1 and not o.is_gone and not s.is_gone and s.translation is null`

export function createTranslations(db: Database): Translations {
  return {
    async passage(workspace, chunk) {
      const rows = await db.query<TranslatedPassage>(
        `select ${COLUMNS} from kb_chunks c where c.id = $2::bigint and c.workspace in ($1, '*') and not c.is_gone`,
        [workspace, chunk],
      )
      return rows[0] ?? null
    },
    async translate(workspace, chunk, translation, translator = null) {
      const others = translator === null ? '' : `union ${SAME_TEXT}`
      const rows = await db.query<{ n: number }>(
        `with r as (${RAISE}), w as (
           update kb_chunks c set translation = $3, translator = $4, revision = r.revision from r
           where c.id in (select $2::bigint ${others}) and c.workspace = $1 and not c.is_gone returning 1)
         ${NOTIFY}`,
        [workspace, chunk, translation, translator],
      )
      return (rows[0]?.n ?? 0) > 0
    },
    async giveUp(workspace, chunk, translator) {
      await db.query(`update kb_chunks set translator = $3 where id in (${SAME_TEXT})`, [
        workspace,
        chunk,
        translator,
      ])
    },
    async untranslated(translator) {
      const rows = await db.query<TranslatedPassage>(
        `select ${COLUMNS} from kb_chunks c join kb_documents d on d.id = c.document
         where c.translation is null and not c.is_gone and c.translator is distinct from $1
           and (d.expires_at is null or d.expires_at > now())
         order by c.id limit 1`,
        [translator],
      )
      return rows[0] ?? null
    },
  }
}
