// Someone asks for a person: the staff channel hears of it, and the one who asked is told what happens next.
import { isBotError } from '../src/core/error.ts'
import type { TurnFacts } from '../src/core/facts.ts'
import { DISCORD_DM, type Place } from '../src/core/inbound.ts'
import { staffPlaceOf } from '../src/core/settings.ts'
import { type Context, type Handler, isPrivate, type Outcome, type Turn } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { People, Turns } from '../src/store/model.ts'
import { replyLanguage } from '../src/text/language.ts'

const TOLD = {
  ko: '담당자에게 알렸어요. 이 대화를 확인하고 여기에서 답해 드릴 거예요.',
  en: 'I’ve let our team know. Someone will read this conversation and reply here.',
}
/** Staff cannot write where only the person and the bot are. */
const TOLD_ALONE = {
  ko: '담당자에게 알렸어요. 담당자가 직접 연락드릴 거예요.',
  en: 'I’ve let our team know. Someone will get in touch with you.',
}
/** A direct message on Discord has no admin and no settings: only a server can say who its staff are. */
const NOBODY_ALONE = {
  ko: '다이렉트 메시지에서는 어느 서버의 상담원을 불러야 할지 알 수 없어요. 문의하시려는 서버의 채널에서 저를 멘션하고 ‘상담원 연결해 주세요’라고 써 주세요.',
  en: 'From a direct message I can’t tell which server’s team to call. Please mention me in a channel of the server this is about, and ask for a person there.',
}
const NOBODY = {
  ko: '지금은 연결할 상담원이 정해져 있지 않아요. 채널 관리자에게 직접 문의해 주세요.',
  en: 'No support person has been set up here yet. Please contact a channel admin directly.',
}

export interface PersonDeps {
  turns: Pick<Turns, 'question'>
  people: Pick<People, 'staffOf' | 'isCalled'>
  linkTo(place: Place, message: string | null): string | null
}

export function createPerson(deps: PersonDeps): Handler {
  return async (context) => {
    const { turn, post } = context
    const text = turn.messages.map((message) => message.text).join('\n')
    const lang = replyLanguage({ text, userLang: turn.author.lang ?? undefined }).lang
    const say = async (text: string, isTold: boolean): Promise<Outcome> => {
      await post.send('say', { text, lang }, { isPrivate: isPrivate(turn) })
      return { type: 'done', facts: { handover: { ...wishOf(turn), isTold } } satisfies TurnFacts }
    }
    const isDirect = turn.workspace === DISCORD_DM
    // Elsewhere the row counts once; here it is only known by now whether there is somebody to call.
    if (isDirect && (await isCalled(turn, deps.people))) return say(words(lang).alreadyAsked, true)
    const staff = isDirect ? await directStaff(turn, deps.people) : staffPlaceOf(turn.settings, turn.place)
    const isTold = await tellStaff(context, staff, async () =>
      noticeOf(turn, await questionOf(turn, deps.turns), linkOf(turn, deps)),
    )
    if (!isTold) return say((isDirect ? NOBODY_ALONE : NOBODY)[lang], false)
    const isAlone = turn.messages.some((message) => message.body['room'] === 'dm')
    return say((isAlone ? TOLD_ALONE : TOLD)[lang], true)
  }
}

/** The button stands under an answer, whose turn it names. */
function wishOf({ messages }: Turn): { reason: 'button' | 'words'; turn: string | null } {
  const value = messages.at(-1)?.body['value']
  return value === undefined
    ? { reason: 'words', turn: null }
    : { reason: 'button', turn: String(value) || null }
}

/** False when no channel is set, or when it is gone or closed to the bot: the person must not wait for nobody. */
async function tellStaff(
  { post, log }: Context,
  place: Place | null,
  notice: () => Promise<string>,
): Promise<boolean> {
  if (!place) return false
  try {
    await post.send('staff-card', { text: await notice(), lang: 'ko' }, { place })
    return true
  } catch (error) {
    if (!isBotError(error) || !(error.code === 'place-gone' || error.code === 'place-forbidden')) throw error
    log.error(
      { code: error.code, hint: error.hint, channel: place.channel },
      'the staff channel cannot be told',
    )
    return false
  }
}

async function directStaff({ author }: Turn, people: PersonDeps['people']): Promise<Place | null> {
  const found = await people.staffOf(author.id)
  return found && { platform: 'discord', ...found, thread: null }
}

async function isCalled(turn: Turn, people: PersonDeps['people']): Promise<boolean> {
  const message = turn.messages[0]?.body['message']
  return Boolean(message) && people.isCalled(turn.workspace, turn.author.id, String(message), turn.id)
}

/** Nobody can open another's direct messages: there the link leads to the person. */
function linkOf(turn: Turn, { linkTo }: PersonDeps): string | null {
  if (turn.workspace === DISCORD_DM) return `https://discord.com/users/${turn.author.id}`
  return linkTo(turn.place, messageOf(turn))
}

/** What staff should read: the message with the button, or the one that asks for a person. A command leaves none. */
function messageOf(turn: Turn): string | null {
  const asked = turn.messages[0]
  if (asked?.body['message']) return String(asked.body['message'])
  return turn.handle === null ? (asked?.source ?? null) : null
}

/** What they asked before; under the button, the question of that very answer. */
async function questionOf(turn: Turn, turns: PersonDeps['turns']): Promise<string> {
  const asked = turn.messages.at(-1)
  if (asked?.body['value']) return turns.question(turn.workspace, turn.audience, String(asked.body['value']))
  return turn.history.findLast((line) => line.role === 'asker')?.text ?? asked?.text ?? ''
}

function noticeOf(turn: Turn, question: string, link: string | null): string {
  const short = question.length > 300 ? `${question.slice(0, 299)}…` : question
  const quoted = short === '' ? '' : short.replaceAll(/^/gm, '> ')
  return [`**상담원 연결 요청 · A person is asked for** — ${turn.author.name}`, quoted, link ?? '']
    .filter(Boolean)
    .join('\n\n')
}
