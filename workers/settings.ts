// Changes one setting of a channel or workspace and confirms it; only for admins. Checked again here, so that no way of
// asking for it can forget to.

import type { Both } from '../src/core/error.ts'
import type { Readers } from '../src/core/outbound.ts'
import { type SettingName, settingsSchema } from '../src/core/settings.ts'
import { NOT_CHECKED, NOT_OPEN, NOT_SHARED } from '../src/core/staff-words.ts'
import { type Handler, isPrivate, type Turn } from '../src/core/turn.ts'
import { askerLang } from './asker-lang.ts'

export interface SettingsDeps {
  set(workspace: string, channel: string | null, name: SettingName, value: unknown, by: string): Promise<void>
}

const REFUSED = {
  ko: '설정은 관리자만 바꿀 수 있어요.',
  en: 'Only admins can change the settings.',
}
const USE_HERE = {
  ko: '상담 채널에서 직접 `설정 상담 여기`를 써 주세요.',
  en: 'Please use `settings staff here` in the staff channel itself.',
}
const BAD = {
  ko: '그 값으로는 바꿀 수 없어요.',
  en: 'That value can’t be used here.',
}

/** Customers' cases are read there. */
const NO_STAFF_CHANNEL: Readonly<Record<Readers, Both | null>> = {
  members: null,
  workspace: null,
  organisations: NOT_SHARED,
  everyone: NOT_OPEN,
  ...{ gone: NOT_CHECKED, unknown: NOT_CHECKED },
}

/** Any full member may let it speak in a shared channel; for the whole workspace only admins may. */
function isMembers({ author, messages }: Turn, name: SettingName): boolean {
  return author.kind === 'member' && name === 'shared' && messages[0]?.body['scope'] === 'channel'
}

export function createSettings(deps: SettingsDeps): Handler {
  return async ({ turn, post, log }) => {
    const body = turn.messages[0]?.body ?? {}
    const lang = askerLang(turn)
    const say = async (text: string): Promise<{ type: 'done' }> => {
      await post.send('say', { text, lang }, { isPrivate: isPrivate(turn) })
      return { type: 'done' }
    }
    const name = String(body['name']) as SettingName
    if (!turn.author.isAdmin && !isMembers(turn, name)) return say(REFUSED[lang])
    const value = body['value'] ?? null
    const parsed = settingsSchema.partial().safeParse({ [name]: value ?? undefined })
    if (!(name in settingsSchema.shape) || !parsed.success) return say(BAD[lang])
    // An id could name another server's channel; where the command was used is certainly here.
    const isElsewhere = name === 'staffChannel' && value !== null && value !== turn.place.channel
    if (isElsewhere && turn.place.platform === 'discord') return say(USE_HERE[lang])
    if (name === 'staffChannel' && typeof value === 'string') {
      const there = { ...turn.place, channel: value, thread: null }
      const why = NO_STAFF_CHANNEL[await post.outbound.readersOf(there)]
      if (why) return say(why[lang])
    }
    const channel = body['scope'] === 'workspace' ? null : turn.place.channel
    await deps.set(turn.workspace, channel, name, value === null ? null : parsed.data[name], turn.author.id)
    log.info({ name, scope: channel ? 'channel' : 'workspace' }, 'setting changed')
    return say(String(body['done'] ?? (lang === 'ko' ? '바꿨어요.' : 'Done.')))
  }
}
