// How many passages have a vector by the embeddings model that is configured; the others are found by their words.
import type { Config } from '../../config.ts'
import { makerOf } from '../../knowledge/meaning.ts'
import { countVectors } from '../../knowledge/vector-rows.ts'
import { embeddingsOf } from '../../search-help.ts'
import type { Database } from '../../store/db.ts'
import { type Finding, ok, warn } from './finding.ts'

/** Nothing where no embeddings are configured, or before the first start. */
export async function checkVectors(db: Database, config: Config): Promise<Finding[]> {
  const embedder = embeddingsOf(config)
  if (!embedder) return []
  const tables = await db.query<{ found: boolean }>(
    "select to_regclass('public.kb_vectors') is not null as found",
  )
  if (!tables[0]?.found) return []
  const { passages, made, dimensions } = await countVectors(db, makerOf(embedder))
  const size = {
    en: dimensions === null ? '' : ` (${dimensions} dimensions)`,
    ko: dimensions === null ? '' : `(${dimensions}차원)`,
  }
  const says = {
    en: `${made} of ${passages} passages have a vector${size.en}`,
    ko: `문단 ${passages}개 가운데 ${made}개 임베딩됨${size.ko}`,
  }
  if (made === passages) return [ok(says)]
  return [
    warn(
      { en: `${says.en}; the others are found by their words`, ko: `${says.ko}. 나머지는 단어로만 찾아요` },
      {
        en: 'The bot makes the missing ones while it runs, and so does npm run kb -- import. If the number stays, look for “cannot be embedded” in its log.',
        ko: '봇이 실행되는 동안, 또는 npm run kb -- import 가 나머지를 만들어요. 수가 줄지 않으면 로그에서 “cannot be embedded”를 찾아보세요.',
      },
    ),
  ]
}
