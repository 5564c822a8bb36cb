// Answers commands, buttons and forms in time. Commit first, then acknowledge; Slack does not send these again, so when
// the commit is slow it is acknowledged all the same, and what was decided, or an apology, follows by response_url.
import type { Deliver } from '../core/adapter.ts'
import { type Clock, inTime } from '../core/clock.ts'
import type { Content, Form } from '../core/content.ts'
import type { Receipt } from '../core/decision.ts'
import { type Lang, reasonOf } from '../core/error.ts'
import { type ActionInbound, type CommandInbound, langOfLocale } from '../core/inbound.ts'
import { keepDelivering } from '../core/keep-delivering.ts'
import type { Logger } from '../core/logger.ts'
import { words } from '../core/wording.ts'
import type { Caller } from './caller.ts'
import { renderForm } from './form.ts'
import { openHandle } from './handle.ts'
import { NO_PREVIEWS } from './post-calls.ts'
import { renderContent } from './render.ts'

export interface RespondDeps {
  deliver: Deliver
  caller: Caller
  clock: Clock
  log: Logger
  whisper(inbound: CommandInbound | ActionInbound, content: Content): Promise<void>
  /** Called once the acknowledgement is out. */
  acknowledged(inbound: CommandInbound | ActionInbound, receipt: Receipt): void
}

export interface Interaction {
  ack(body?: object): Promise<void>
  /** Opens a form within three seconds. */
  triggerId: string
  /** A slash command: what its acknowledgement says is shown as a message. */
  isSlash: boolean
  inbound: CommandInbound | ActionInbound
}

const COMMIT_PATIENCE_MS = 2_000

export function createResponder(deps: RespondDeps): (interaction: Interaction) => Promise<void> {
  const { clock, log, caller } = deps

  /** The acknowledgement is out, or goes out: nothing that is said besides may look to Slack like its failure. */
  const whisper: RespondDeps['whisper'] = async (inbound, content) => {
    try {
      await deps.whisper(inbound, content)
    } catch (error) {
      log.warn({ kind: inbound.type, reason: reasonOf(error) }, 'a notice was not shown')
    }
  }

  const say = async (
    inbound: Interaction['inbound'],
    content: Content,
    isPrivate: boolean,
  ): Promise<void> => {
    const handle = openHandle(inbound.handle, clock.now())
    if (!handle) return whisper(inbound, content)
    // The message with the settings buttons shows the new state in its own place.
    const isReplacing = inbound.type === 'action' && inbound.action === 'settings'
    const answer = await caller.api.respond(handle.url, {
      ...toReply(content, isPrivate),
      replace_original: isReplacing,
      ...NO_PREVIEWS,
      ...(inbound.place.thread === null ? {} : { thread_ts: inbound.place.thread }),
    })
    if (answer.outcome === 'refused') await whisper(inbound, content)
  }

  const open = async ({ inbound, triggerId }: Interaction, form: Form): Promise<void> => {
    const { channel, thread } = inbound.place
    const view = renderForm(form, { channel, thread, handle: inbound.handle })
    const args = { trigger_id: triggerId, view }
    const answer = await caller.once(inbound.workspace, 'views.open', args, 'must')
    if (answer.outcome === 'ok') return
    log.warn({ outcome: answer.outcome, form: form.submit }, 'a form could not be opened')
    await apologise(inbound)
  }

  const apologise = (inbound: Interaction['inbound']): Promise<void> => {
    const lang = langOf(inbound)
    return say(inbound, { text: words(lang).lateApology, lang }, true)
  }

  const inTimeAnswer = async (interaction: Interaction, receipt: Receipt): Promise<void> => {
    const { inbound, ack, isSlash } = interaction
    if (receipt.reply && isSlash) {
      await ack(toReply(receipt.reply.content, receipt.reply.isPrivate))
      return
    }
    // A command's answer has no thread, and so no status line.
    if (receipt.status && isSlash && receipt.status.place.thread === null) {
      await ack(toReply({ text: receipt.status.text, lang: langOf(inbound) }, true))
      return
    }
    await ack()
    if (receipt.form) await open(interaction, receipt.form)
    else if (receipt.reply) await say(inbound, receipt.reply.content, receipt.reply.isPrivate)
  }

  return async (interaction) => {
    const { inbound } = interaction
    const delivered = keepDelivering(deps, inbound)
    const quick = await inTime(clock, delivered, COMMIT_PATIENCE_MS)
    if (quick?.value) {
      await inTimeAnswer(interaction, quick.value)
      deps.acknowledged(inbound, quick.value)
      return
    }
    await interaction.ack()
    // The acknowledgement is out; what is left must not make Slack think otherwise.
    const late = async (): Promise<void> => {
      const receipt = await delivered
      if (!receipt || receipt.form) return apologise(inbound)
      if (receipt.reply) await say(inbound, receipt.reply.content, receipt.reply.isPrivate)
      deps.acknowledged(inbound, receipt)
    }
    late().catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'a late answer was not shown'))
  }
}

function langOf({ author }: Interaction['inbound']): Lang {
  return langOfLocale(author.locale) ?? 'ko'
}

function toReply(content: Content, isPrivate: boolean): object {
  return { response_type: isPrivate ? 'ephemeral' : 'in_channel', ...renderContent(content, null) }
}
