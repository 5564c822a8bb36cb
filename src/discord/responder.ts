// Answers interactions in time. Commit first, then acknowledge; when the commit takes over a second, acknowledge all
// the same and fill in what was decided, or an apology. Source: discord-api-docs interactions/receiving-and-responding.
import { InteractionType } from 'discord.js'
import type { Complete, Deliver } from '../core/adapter.ts'
import { type Clock, delay, inTime } from '../core/clock.ts'
import type { Command } from '../core/command.ts'
import type { Receipt } from '../core/decision.ts'
import type { ActionInbound, CommandInbound } from '../core/inbound.ts'
import { keepDelivering } from '../core/keep-delivering.ts'
import type { Logger } from '../core/logger.ts'
import { words } from '../core/wording.ts'
import type { Answer, DiscordApi } from './api.ts'
import { INTERACTION_ANSWERED, refusedWith } from './failure.ts'
import { renderForm } from './form.ts'
import { type Interaction, langOf, toTyped } from './inbound-interaction.ts'
import { neutralLine } from './markdown.ts'
import { EPHEMERAL, renderContent } from './render.ts'

export interface ResponderDeps {
  api: DiscordApi
  deliver: Deliver
  complete: Complete
  clock: Clock
  log: Logger
  commands: readonly Command[]
  /** Called once the acknowledgement is out. */
  acknowledged(inbound: CommandInbound | ActionInbound, receipt: Receipt): void
}

export interface Responder {
  respond(raw: Interaction, inbound: CommandInbound | ActionInbound | null): Promise<void>
  suggest(raw: Interaction, workspace: string, channel: string): Promise<void>
}

// Interaction callback types.
const REPLY = 4
const DEFER = 5
const DEFER_UPDATE = 6
const CHOICES = 8
const MODAL = 9

const COMMIT_PATIENCE_MS = 1_000
const RETRY_PAUSES_MS = [100, 200, 400]
const COMPLETE_MS = 1_500
const MAX_CHOICES = 25
const MAX_CHOICE_CHARS = 100

export function createResponder(deps: ResponderDeps): Responder {
  return new InteractionResponder(deps)
}

class InteractionResponder implements Responder {
  readonly #deps: ResponderDeps

  constructor(deps: ResponderDeps) {
    this.#deps = deps
  }

  async respond(raw: Interaction, inbound: CommandInbound | ActionInbound | null): Promise<void> {
    if (inbound === null) return this.#show(raw, { ack: 'none' })
    const delivered = keepDelivering(this.#deps, inbound)
    const quick = await inTime(this.#deps.clock, delivered, COMMIT_PATIENCE_MS)
    if (quick) {
      await this.#show(raw, quick.value)
    } else {
      const isPrivate = !isPublic(inbound, this.#deps.commands)
      await this.#callback(raw, isComponent(raw) ? { type: DEFER_UPDATE } : deferral(isPrivate))
      await this.#fill(raw, await delivered, isPrivate)
    }
    const receipt = await delivered
    if (receipt) this.#deps.acknowledged(inbound, receipt)
  }

  async suggest(raw: Interaction, workspace: string, channel: string): Promise<void> {
    const { clock, complete } = this.#deps
    const typed = toTyped(raw)
    const query = typed && { ...typed, workspace, channel, lang: langOf(raw) }
    const asked = query ? complete(query).catch(() => []) : Promise.resolve([])
    const choices = (await inTime(clock, asked, COMPLETE_MS))?.value ?? []
    const shown = choices.slice(0, MAX_CHOICES).map(({ name, value }) => ({
      name: neutralLine(name, MAX_CHOICE_CHARS),
      value: value.slice(0, MAX_CHOICE_CHARS),
    }))
    await this.#callback(raw, { type: CHOICES, data: { choices: shown } })
  }

  /** In time: the first answer says it all; null = it could not be saved. */
  async #show(raw: Interaction, receipt: Receipt | null): Promise<void> {
    const { callback, isSilent } = toCallback(raw, receipt)
    await this.#callback(raw, callback)
    if (isSilent) await this.#webhook(raw, 'DELETE')
  }

  /** Too late for that: what was decided takes the place of the deferral. */
  async #fill(raw: Interaction, receipt: Receipt | null, isPrivate: boolean): Promise<void> {
    const lang = langOf(raw)
    const isAnswerable = receipt !== null && !receipt.form
    const content = isAnswerable ? receipt.reply?.content : { text: words(lang).lateApology, lang }
    if (!content) {
      if (!isComponent(raw) && (receipt?.ack === 'none' || receipt?.ack === 'update'))
        await this.#webhook(raw, 'DELETE')
      return
    }
    const body = renderContent(content, null)
    const mustMove = receipt?.reply?.isPrivate === true && !isPrivate
    if (!isComponent(raw) && !mustMove) return this.#webhook(raw, 'PATCH', body)
    // Privacy is fixed at the deferral: a private reply under a public one goes out anew.
    if (!isComponent(raw)) await this.#webhook(raw, 'DELETE')
    await this.#webhook(raw, 'POST', { ...body, flags: body.flags | EPHEMERAL })
  }

  async #callback(raw: Interaction, body: object): Promise<void> {
    const { api, clock, log } = this.#deps
    const call = {
      method: 'POST',
      path: `/interactions/${raw.id}/${raw.token}/callback`,
      body,
      auth: false,
    } as const
    let answer: Answer<unknown> = await api.call(call)
    for (const pause of RETRY_PAUSES_MS) {
      if (answer.outcome === 'ok' || answer.outcome === 'refused') break
      await delay(clock, pause)
      answer = await api.call(call)
    }
    // A repeated acknowledgement whose first answer was lost.
    if (answer.outcome === 'ok' || refusedWith(answer, INTERACTION_ANSWERED)) return
    const code = answer.outcome === 'refused' ? answer.code : null
    log.warn(
      { interaction: raw.id, outcome: answer.outcome, code },
      'an interaction could not be acknowledged',
    )
  }

  async #webhook(raw: Interaction, method: 'POST' | 'PATCH' | 'DELETE', body?: object): Promise<void> {
    const base = `/webhooks/${raw.application_id}/${raw.token}` as const
    const path = method === 'POST' ? base : (`${base}/messages/%40original` as const)
    const answer = await this.#deps.api.call({ method, path, body, auth: false })
    if (answer.outcome !== 'ok')
      this.#deps.log.warn(
        { interaction: raw.id, outcome: answer.outcome },
        'a late answer to an interaction was not shown',
      )
  }
}

function isComponent(raw: Interaction): boolean {
  return raw.type === InteractionType.MessageComponent
}

function deferral(isPrivate: boolean): object {
  return isPrivate ? { type: DEFER, data: { flags: EPHEMERAL } } : { type: DEFER }
}

function toCallback(raw: Interaction, receipt: Receipt | null): { callback: object; isSilent: boolean } {
  const lang = langOf(raw)
  if (receipt?.form) return { callback: { type: MODAL, data: renderForm(receipt.form) }, isSilent: false }
  const apology = { content: { text: words(lang).lateApology, lang }, isPrivate: true }
  const reply = receipt === null ? apology : receipt.reply
  if (reply) {
    const body = renderContent(reply.content, null)
    const flags = reply.isPrivate ? body.flags | EPHEMERAL : body.flags
    return { callback: { type: REPLY, data: { ...body, flags } }, isSilent: false }
  }
  // A button's answer is a message of its own, so nothing waits under the button.
  if (isComponent(raw)) return { callback: { type: DEFER_UPDATE }, isSilent: false }
  const isSilent = receipt?.ack === 'none' || receipt?.ack === 'update'
  return { callback: deferral(isSilent || receipt?.ack === 'defer-private'), isSilent }
}

/** Before it is known what was decided: public only where that is the command's nature, since it cannot be taken back. */
function isPublic(inbound: CommandInbound | ActionInbound, commands: readonly Command[]): boolean {
  if (inbound.type !== 'command' || inbound.options['private'] === true) return false
  const command = commands.find(({ name }) => name === inbound.name)
  return command?.options.some(({ name }) => name === 'private') ?? false
}
