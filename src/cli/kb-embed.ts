// After an import, where embeddings are configured: vectors for what is new. A bot that runs makes them itself.

import type { Lang } from '../core/error.ts'
import { EMBEDDING_LEASE, EMBEDDING_LEASE_MS } from '../embedding.ts'
import type { Knowledge } from '../knowledge/index.ts'
import { createRetriever } from '../knowledge/retriever.ts'
import type { SearchHelp } from '../search-help.ts'
import type { Database } from '../store/db.ts'
import { createLeases } from '../store/leases.ts'
import type { Io } from './io.ts'
import { createProgressBar } from './progress.ts'

export interface EmbedCall {
  io: Io
  lang: Lang
  db: Database
  knowledge: Pick<Knowledge, 'documents' | 'feed'>
  help: Pick<SearchHelp, 'embeddings'>
}

/** Says how many were made, and why some were not; an import that went well is not made a failure by it. */
export async function embed({ io, lang, db, knowledge, help }: EmbedCall): Promise<void> {
  const { embeddings } = help
  if (!embeddings) return
  await using retriever = await createRetriever({ ...knowledge, embeddings, clock: io.clock, log: io.log })
  await retriever.catchUp()
  const { meaning } = retriever
  const total = meaning?.lacking ?? 0
  if (!meaning || total === 0) return
  const leases = createLeases(db)
  const owner = `kb:${process.pid}`
  using bar = createProgressBar(process.stderr, io.clock.monotonic)
  let isOurs = true
  const made = await meaning.fill(async (done) => {
    bar.show(done, total, embeddings.embedder.maker)
    isOurs = await leases.hold(EMBEDDING_LEASE, owner, EMBEDDING_LEASE_MS)
    return isOurs
  }, new AbortController().signal)
  await leases.letGo(EMBEDDING_LEASE, owner)
  bar.clear()
  if (made > 0) io.out({ ko: `임베딩한 문단 ${made}개`, en: `${made} passages embedded` }[lang])
  const left = meaning.lacking
  if (left === 0) return
  const [code = ''] = retriever.troubles
  const why: Record<Lang, string> = isOurs
    ? {
        ko: `문단 ${left}개는 임베딩하지 못했어요(${code}). 그동안은 단어로만 찾고, 봇이 나중에 만들어요: npm run doctor`,
        en: `${left} passages could not be embedded (${code}). They are found by their words; the bot makes the vectors later. See: npm run doctor`,
      }
    : {
        ko: `나머지 ${left}개는 실행 중인 봇이 임베딩해요.`,
        en: `The bot that runs embeds the other ${left}.`,
      }
  io.err(why[lang])
}
