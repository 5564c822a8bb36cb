// The suggestions that Slack shows when somebody opens the conversation with the bot.
// Source: docs.slack.dev ai/migrating-to-agent-messaging (at most four, and without thread_ts).
import type { Clock } from '../core/clock.ts'
import type { Lang } from '../core/error.ts'
import { type ArrivalInbound, langOfLocale } from '../core/inbound.ts'
import { Recent } from '../core/recent.ts'
import type { SlackOutbound } from './outbound.ts'

export interface Prompt {
  title: string
  message: string
}

export type Prompts = Readonly<Record<Lang, { title: string; prompts: readonly Prompt[] }>>

export const MAX_PROMPTS = 4
const AGAIN_AFTER_MS = 60_000

export const DEFAULT_PROMPTS: Prompts = {
  ko: {
    title: '무엇을 도와드릴까요?',
    prompts: [
      { title: '배송 문의', message: '배송은 보통 얼마나 걸리나요?' },
      { title: '교환·환불', message: '교환이나 환불은 어떻게 하나요?' },
      { title: '상담원 연결', message: '상담원 연결해 주세요' },
      { title: '사용법', message: '도움말' },
    ],
  },
  en: {
    title: 'How can I help?',
    prompts: [
      { title: 'Delivery', message: 'How long does delivery usually take?' },
      { title: 'Returns', message: 'How do I return or exchange something?' },
      { title: 'Talk to a person', message: 'I would like to talk to a person' },
      { title: 'How to use', message: 'help' },
    ],
  },
}

export function createPrompter(
  { caller }: SlackOutbound,
  prompts: Prompts,
  clock: Clock,
): (arrival: ArrivalInbound) => Promise<void> {
  const shown = new Recent<string, true>({ max: 5_000, ttlMs: AGAIN_AFTER_MS, clock })
  return async ({ workspace, place, author }) => {
    const key = `${workspace}:${author.id}`
    if (shown.get(key)) return
    shown.set(key, true)
    const { title, prompts: list } = prompts[langOfLocale(author.locale) ?? 'ko']
    await caller.once(workspace, 'assistant.threads.setSuggestedPrompts', {
      channel_id: place.channel,
      title,
      prompts: list.slice(0, MAX_PROMPTS),
    })
  }
}
