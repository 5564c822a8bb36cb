// One private post whose interaction is over, or never was: it goes out as a direct message, and says to what. Someone
// who takes no direct messages cannot be reached in private any more.
import type { Content } from '../core/content.ts'
import { isBotError } from '../core/error.ts'
import { DISCORD_DM } from '../core/inbound.ts'
import type { Post, WriteOptions } from '../core/outbound.ts'
import type { MessageDriver } from '../core/paced-writer.ts'
import { words } from '../core/wording.ts'
import { ChannelDriver, type DriverDeps } from './channel-driver.ts'
import { handleExpired, toBotError } from './failure.ts'

export function createDirectDriver(deps: DriverDeps, post: Post, options: WriteOptions): MessageDriver {
  const where = `channel ${post.place.channel}`

  const locate = async (): Promise<ChannelDriver> => {
    const room = await deps.rooms.with(options.recipient, 'insist', options.signal)
    if (room.outcome !== 'ok') throw toBotError(room, `a direct message for ${where}`)
    const place = { ...post.place, workspace: DISCORD_DM, channel: room.value, thread: null }
    return new ChannelDriver(
      deps,
      { ...post, place, source: null, handle: null },
      { ...options, isPrivate: false },
    )
  }

  return {
    wasVisible: post.id !== null,
    pauseMs: () => 0,
    // It comes late already, and whole.
    grow: () => Promise.resolve('nothing'),
    async close(content) {
      try {
        const driver = await locate()
        return await driver.close(withOrigin(content, post))
      } catch (error) {
        // They take no direct messages (50007).
        if (isBotError(error) && error.code === 'place-forbidden') throw handleExpired(where)
        throw error
      }
    },
    async remove() {
      if (post.id !== null) await (await locate()).remove()
    },
  }
}

/** Only the first post of an answer says what it answers. */
function withOrigin(content: Content, { slot, title }: Post): Content {
  if (/\.[1-9]\d*$/.test(slot) || !title) return content
  return { ...content, notes: [words(content.lang).late(title), ...(content.notes ?? [])] }
}
