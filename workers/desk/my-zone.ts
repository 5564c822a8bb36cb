// A person's own time zone: kept with them, and with their cases, whose reminders follow. "Forget me" takes it away.
import type { Both } from '../../src/core/error.ts'
import { type Handler, isPrivate } from '../../src/core/turn.ts'
import { readZone } from '../../src/core/zone.ts'
import type { Tickets } from '../../src/desk/model.ts'
import type { People } from '../../src/store/model.ts'

export interface MyZoneDeps {
  people: Pick<People, 'zoneOf' | 'setZone'>
  tickets: Pick<Tickets, 'rezone'>
}

export function createMyZone({ people, tickets }: MyZoneDeps): Handler {
  return async ({ turn, post }) => {
    const body = turn.messages[0]?.body ?? {}
    const { workspace, author, place } = turn
    if ('zone' in body) {
      const chosen = readZone(String(body['zone'] ?? '')) ?? null
      await people.setZone(workspace, author.id, chosen)
      await tickets.rezone(workspace, author.id, chosen ?? (await post.outbound.zoneOf(place, author.id)))
    }
    const lang = author.lang ?? (body['lang'] === 'en' ? 'en' : 'ko')
    const text = myZoneIs(await people.zoneOf(workspace, author.id))[lang]
    await post.send('say', { text, lang }, { isPrivate: isPrivate(turn) })
    return { type: 'done' }
  }
}

function myZoneIs(zone: string | null): Both {
  if (zone === null)
    return {
      ko: '따로 정한 시간대가 없어요. Slack 프로필의 시간대를 따르고, 그것도 모르면 상담 시간의 시간대를 따라요. 정하려면 `시간대 도쿄`처럼 써 주세요.',
      en: 'You have not set a time zone: I go by your Slack profile, or else by the zone of our team’s hours. To set one: `zone Tokyo`.',
    }
  return {
    ko: `시간대를 **${zone}**(으)로 정했어요. 다시 알려 드리는 글과 별점은 그곳 시각으로 오전 9시에서 오후 8시 사이에만 보내요. 되돌리려면 \`시간대 자동\`을 써 주세요.`,
    en: `Your time zone is **${zone}**. Reminders and requests for stars come between 9 AM and 8 PM there. To undo it: \`zone auto\`.`,
  }
}
