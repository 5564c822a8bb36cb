// A question about a matter that goes to people: it is not answered, and they are called.
import type { Both, Lang } from '../../src/core/error.ts'
import type { Outcome, Reply } from '../../src/core/turn.ts'
import type { GroundFacts } from './grounding.ts'

export const TO_PERSON: Both = {
  ko: '담당자가 직접 확인해야 하는 내용이에요. 담당자를 불러 드릴게요.',
  en: 'This is something our team should look at. I’m calling someone for you.',
}

export async function toPerson(
  reply: Reply,
  lead: string,
  lang: Lang,
  facts: GroundFacts,
  call: () => Promise<void>,
): Promise<Outcome> {
  await reply.finish({ text: lead + TO_PERSON[lang], lang })
  await call()
  return { type: 'answered', text: TO_PERSON[lang], lang, facts: { ...facts } }
}
