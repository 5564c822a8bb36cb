// Shows and changes how it behaves, in a channel or everywhere. For admins.
import type { Command, CompleteQuery, PlanView } from '../src/core/command.ts'
import type { Choice } from '../src/core/content.ts'
import type { Decision } from '../src/core/decision.ts'
import type { CommandInbound } from '../src/core/inbound.ts'
import { FREE_SETTINGS } from '../src/core/setting-free.ts'
import { SETTING_WORDS } from '../src/core/setting-table.ts'
import {
  isForChannel,
  labelOf,
  parseSettingName,
  parseSettingValue,
  SETTING_NAMES,
  splitSettingName,
} from '../src/core/setting-words.ts'
import { DEFAULT_SETTINGS, type SettingName } from '../src/core/settings.ts'
import { readOwn } from '../src/core/translate-options.ts'
import { readMyZone } from '../src/core/zone.ts'
import { planOwn } from './translate.ts'
import { planZone } from './zone.ts'

type Reply = Extract<Decision, { type: 'reply' }>
/** As many values as are named where all settings are. */
const MANY = 4

type Scope = 'channel' | 'workspace'

/** Anything may be typed for them, a scope behind it too. */
const FREE: readonly SettingName[] = ['collections', 'staffName', 'person', 'topics', 'lead']

const SCOPE_WORDS: Readonly<Record<string, Scope>> = {
  workspace: 'workspace',
  server: 'workspace',
  everywhere: 'workspace',
  워크스페이스: 'workspace',
  서버: 'workspace',
  전체: 'workspace',
  channel: 'channel',
  채널: 'channel',
}

export const settings: Command = {
  name: 'settings',
  nameKo: '설정',
  summary: { ko: '설정을 보거나 바꿔요 (관리자)', en: 'See or change the settings (admins)' },
  usage: { ko: '[이름] [값]', en: '[name] [value]' },
  options: [
    {
      name: 'name',
      nameKo: '이름',
      summary: { ko: '바꿀 설정', en: 'Which setting' },
      type: 'text',
      // There are more than the 25 that Discord takes as fixed choices.
      complete: completeName,
    },
    {
      name: 'value',
      nameKo: '값',
      summary: { ko: '새 값', en: 'The new value' },
      type: 'text',
      complete: completeValue,
    },
    {
      name: 'scope',
      nameKo: '범위',
      summary: { ko: '이 채널만, 또는 전체', en: 'This channel, or everywhere' },
      type: 'choice',
      choices: [
        { value: 'channel', label: { ko: '이 채널', en: 'This channel' } },
        { value: 'workspace', label: { ko: '전체', en: 'Everywhere' } },
      ],
    },
  ],
  surfaces: ['slash', 'mention'],
  staffOnly: true,
  rest: 'value',
  // Whoever works with another organisation in a shared channel may allow it there.
  // What is their own is everybody's to set.
  isOpenTo: ({ author, sharedExternally, room, options }) => {
    if (planMine(options) !== null) return true
    const found = splitSettingName(`${options['name'] ?? ''} ${options['value'] ?? ''}`)
    return author.kind === 'member' && sharedExternally && room !== 'dm' && found?.name === 'shared'
  },
  isTypedWith(after) {
    const typed = splitSettingName(after)
    return (
      typed !== null &&
      (FREE_SETTINGS[typed.name] !== undefined || typed.after.split(' ').length <= 3) &&
      !/[?？]/.test(after)
    )
  },
  plan(inbound, view) {
    const typedName = String(inbound.options['name'] ?? '')
    if (typedName === '') return reply(overview(inbound, view), view)
    const mine = planMine(inbound.options)
    if (mine) return mine(view)
    const found = splitSettingName(`${typedName} ${inbound.options['value'] ?? ''}`)
    if (!found) return reply(unknownName(typedName, view), view)
    const { name } = found
    const { typed, scope } = splitScope(name, found.after, inbound)
    if (typed === '') return reply(detail(name, inbound, view), view)
    const parsed = parseSettingValue(name, typed, hereOf(name, inbound))
    if (!parsed) return reply(unknownValue(name, typed, inbound, view), view)
    return {
      kind: 'settings',
      queue: 'relay',
      ack: 'defer-private',
      text: '',
      body: {
        name,
        value: parsed.value,
        scope,
        done: doneText(name, parsed.value, scope, inbound, view),
        lang: view.lang,
      },
    }
  },
}

/** "my zone Tokyo", "my language English", "내 말투 편하게"; null where it is a setting of the place. */
function planMine(
  options: CommandInbound['options'],
): ((view: PlanView) => ReturnType<Command['plan']>) | null {
  const typed = `${options['name'] ?? ''} ${options['value'] ?? ''}`
  const zone = readMyZone(typed)
  if (zone !== null) return (view) => planZone(zone, view)
  const own = readOwn(typed)
  return own && ((view) => planOwn(own, view))
}

function reply(text: string, { lang }: PlanView): Reply {
  return { type: 'reply', content: { text, lang }, isPrivate: true }
}

/** What `here` and `me` stand for. */
function hereOf(name: SettingName, { place, author }: CommandInbound): string {
  return name === 'lead' ? `${author.id}|${author.name.replaceAll('|', '')}` : place.channel
}

/** "every 전체": typed in one line, the scope is the last word. A direct message has no channel to set. */
function splitScope(
  name: SettingName,
  value: string,
  { options, room }: CommandInbound,
): { typed: string; scope: Scope } {
  const words = value.split(' ')
  const asked = SCOPE_WORDS[String(options['scope'] ?? '').toLowerCase()]
  // "이 채널" (this channel) is a value of its own.
  const isWhole =
    words.length < 2 || (!FREE.includes(name) && parseSettingValue(name, value, '') !== undefined)
  const last = isWhole ? undefined : SCOPE_WORDS[words.at(-1)!.toLowerCase()]
  const typed = (last ? words.slice(0, -1) : words).join(' ')
  const canBeChannel = isForChannel(name) && room !== 'dm'
  return { typed, scope: canBeChannel ? (asked ?? last ?? 'channel') : 'workspace' }
}

async function completeName(prefix: string, { lang }: CompleteQuery): Promise<Choice[]> {
  const wanted = prefix.trim().toLowerCase()
  return SETTING_NAMES.map((name) => SETTING_WORDS[name])
    .filter(({ typed, name, aliases }) =>
      [typed, name.ko, name.en.toLowerCase(), ...aliases].some((one) => one.includes(wanted)),
    )
    .map(({ typed, name }) => ({ name: name[lang], value: typed }))
}

async function completeValue(prefix: string, { options, lang }: CompleteQuery): Promise<Choice[]> {
  const name = parseSettingName(String(options['name'] ?? ''))
  if (!name) return []
  const wanted = prefix.trim().toLowerCase()
  return (FREE_SETTINGS[name]?.offers ?? SETTING_WORDS[name].values)
    .map((one) => ({ name: one.label[lang], value: one.value }))
    .filter((choice) => choice.value.startsWith(wanted) || choice.name.toLowerCase().includes(wanted))
}

function overview(inbound: CommandInbound, view: PlanView): string {
  const isKo = view.lang === 'ko'
  const title = isKo ? '**현재 설정**' : '**Settings here**'
  const how = `${isKo ? '바꾸려면' : 'To change one'}: ${example('mode', 'every', inbound, view)}. ${reach(inbound, view)}`
  const lines = SETTING_NAMES.map((name) => `- ${lineOf(name, view, true)}`)
  return [title, ...lines, '', how, mine(inbound, view)].join('\n')
}

/** What anybody sets for themselves. */
function mine(inbound: CommandInbound, view: PlanView): string {
  const typed = (name: string, value: string): string => example(name, value, inbound, view)
  return view.lang === 'ko'
    ? `나에게만: ${typed('내 언어', '영어')}, ${typed('내 말투', '격식')}, ${typed('내 시간대', '도쿄')}`
    : `For yourself: ${typed('my language', 'Korean')}, ${typed('my tone', 'formal')}, ${typed('my zone', 'Tokyo')}`
}

/** What a change applies to. */
function reach({ place, room }: CommandInbound, { lang }: PlanView): string {
  if (room === 'dm') {
    return lang === 'ko'
      ? '여기서 바꾸면 워크스페이스 전체에 적용돼요.'
      : 'Changed here, it applies to the whole workspace.'
  }
  if (place.platform === 'discord') {
    return lang === 'ko'
      ? '이 채널에만 적용돼요. 서버 전체에 적용하려면 ‘범위’에서 ‘전체’를 골라 주세요.'
      : 'It applies to this channel; for the whole server, choose “Everywhere” as the scope.'
  }
  return lang === 'ko'
    ? '이 채널에만 적용돼요. 워크스페이스 전체에 적용하려면 끝에 `전체`를 붙여 주세요.'
    : 'It applies to this channel; for the whole workspace, add `workspace` at the end.'
}

function lineOf(name: SettingName, { settings: current, lang }: PlanView, isBrief = false): string {
  const words = SETTING_WORDS[name]
  const value = `\`${words.typed}\`: **${labelOf(name, current[name])[lang]}**`
  // All of them are one message, and Discord takes 2,000 characters.
  if (isBrief) return lang === 'ko' ? `${words.name.ko} ${value}` : value
  return `${words.name[lang]} ${value} (${allowedOf(name, lang === 'ko' ? '채널' : 'channel')})`
}

function allowedOf(name: SettingName, channel: string): string {
  const samples = FREE_SETTINGS[name]?.samples(channel)
  if (samples) return samples.map((one) => (one.startsWith('#') ? one : `\`${one}\``)).join(', ')
  const { values } = SETTING_WORDS[name]
  const named = values.slice(0, MANY).map((one) => `\`${one.value}\``)
  return [...named, ...(values.length > MANY ? ['…'] : [])].join(', ')
}

function detail(name: SettingName, inbound: CommandInbound, view: PlanView): string {
  const last = SETTING_WORDS[name].values.at(-1)?.value ?? sampleOf(name)
  const how = view.lang === 'ko' ? '바꾸려면' : 'To change it'
  return `${lineOf(name, view)}\n${how}: ${example(SETTING_WORDS[name].typed, last, inbound, view)}`
}

function sampleOf(name: SettingName): string {
  return name === 'collections' ? 'FAQ' : (FREE_SETTINGS[name]?.samples('')[0] ?? '')
}

function unknownName(typed: string, { lang }: PlanView): string {
  const names = SETTING_NAMES.map(
    (name) => `\`${SETTING_WORDS[name].typed}\` (${SETTING_WORDS[name].name[lang]})`,
  )
  return lang === 'ko'
    ? `‘${shorten(typed)}’ 설정은 없어요. 바꿀 수 있는 설정: ${names.join(', ')}`
    : `There is no setting “${shorten(typed)}”. You can set: ${names.join(', ')}`
}

function unknownValue(name: SettingName, typed: string, inbound: CommandInbound, view: PlanView): string {
  const words = SETTING_WORDS[name]
  const first = words.values[0]?.value ?? sampleOf(name)
  const values =
    words.values.length === 0
      ? allowedOf(name, view.lang === 'ko' ? '채널' : 'channel')
      : words.values.map((one) => `\`${one.value}\` (${one.label[view.lang]})`).join(', ')
  const sample = example(words.typed, first, inbound, view)
  return view.lang === 'ko'
    ? `‘${shorten(typed)}’ 값은 쓸 수 없어요. ${words.name.ko}에 쓸 수 있는 값: ${values}. 예: ${sample}`
    : `“${shorten(typed)}” is not a value for ${words.typed}. Allowed: ${values}. Example: ${sample}`
}

/** Discord fills options by name; everywhere else it is one line. */
function example(name: string, value: string, { place }: CommandInbound, view: PlanView): string {
  const typed = view.typed(settings)
  return place.platform === 'discord'
    ? `\`${typed} name:${name} value:${value}\``
    : `\`${typed} ${name} ${value}\``
}

function doneText(
  name: SettingName,
  value: string | null,
  scope: Scope,
  inbound: CommandInbound,
  view: PlanView,
): string {
  const { place } = inbound
  const { lang } = view
  const now = labelOf(name, value ?? DEFAULT_SETTINGS[name])[lang]
  const { ko, en } = SETTING_WORDS[name].name
  const isServer = place.platform === 'discord'
  const missing = name === 'mode' && value === 'draft' ? missingStaff(inbound, view) : ''
  if (lang === 'ko') {
    const where = scope === 'channel' ? '이 채널' : isServer ? '서버 전체' : '워크스페이스 전체'
    return `바꿨어요. ${ko}: **${now}** (${where})${missing}`
  }
  const where = scope === 'channel' ? 'this channel' : isServer ? 'the whole server' : 'the whole workspace'
  return `Done. ${en}: **${now}** (${where})${missing}`
}

/** Drafts go to the staff channel; until there is one, nobody is answered. */
function missingStaff(inbound: CommandInbound, view: PlanView): string {
  if (view.settings.staffChannel !== null) return ''
  const how = example('staff', 'here', inbound, view)
  return view.lang === 'ko'
    ? `\n초안을 받을 상담 채널이 아직 없어서, 정할 때까지는 답하지 않아요. 상담 채널에서 ${how}를 써 주세요.`
    : `\nThere is no staff channel to send drafts to yet, so I stay quiet until there is one. In your staff channel, use ${how}.`
}

function shorten(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed
}
