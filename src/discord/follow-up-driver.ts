// One private post beside an interaction's own answer: an ephemeral follow-up. It cannot be found again once its answer
// is lost, so it is not grown and never repeated blindly.
import type { APIMessage } from 'discord.js'
import { delay } from '../core/clock.ts'
import { BotError } from '../core/error.ts'
import type { Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import type { DriverDeps } from './channel-driver.ts'
import { createDirectDriver } from './direct-driver.ts'
import { isDeadToken, toBotError } from './failure.ts'
import { parseHandle } from './handle.ts'
import { EPHEMERAL, renderContent } from './render.ts'

export function createFollowUpDriver(deps: DriverDeps, post: Post, options: WriteOptions): MessageDriver {
  const handle = parseHandle(post.handle!)
  const where = `interaction ${handle.interactionId}`
  const base = `/webhooks/${handle.applicationId}/${handle.token}` as const
  const spend = { kind: 'webhook', channel: post.place.channel } as const
  const direct = createDirectDriver(deps, post, options)
  let id = post.id

  return {
    wasVisible: post.id !== null,
    pauseMs: () => 0,
    grow: () => Promise.resolve('nothing'),
    async close(content) {
      if (deps.clock.now() >= handle.expires) return direct.close(content)
      const body = renderContent(content, post.key)
      const call =
        id === null
          ? ({
              method: 'POST',
              path: base,
              query: { wait: 'true' },
              body: { ...body, flags: body.flags | EPHEMERAL },
            } as const)
          : ({ method: 'PATCH', path: `${base}/messages/${id}`, body } as const)
      for (;;) {
        const { signal, isOurs } = options
        const unsigned = { ...call, auth: false }
        const answer = await deps.caller.call<APIMessage>(unsigned, spend, 'drop', signal, isOurs)
        if (answer.outcome === 'limited') {
          await delay(deps.clock, answer.retryAfterMs, options.signal)
          continue
        }
        if (answer.outcome === 'lost') throw ambiguous(where, answer.cause)
        if (isDeadToken(answer)) return direct.close(content)
        if (answer.outcome !== 'ok') throw toBotError(answer, where)
        id = answer.value.id
        await options.opened(id)
        return { id }
      }
    },
    async remove() {
      if (id === null) return
      if (deps.clock.now() >= handle.expires) return direct.remove()
      await deps.caller.call(
        { method: 'DELETE', path: `${base}/messages/${id}`, auth: false },
        spend,
        'insist',
        options.signal,
      )
      id = null
    },
  }
}

function ambiguous(where: string, cause: unknown): BotError {
  return new BotError('platform-ambiguous', {
    retryable: false,
    say: { ko: '잠시 뒤 다시 눌러 주세요.', en: 'Please press it again in a little while.' },
    hint: `the private answer to ${where} may or may not have been shown; nothing needs to be done`,
    cause,
  })
}
