// People and places of the workspace, and what Slack itself does to them.
import type { FakeSlack } from './fake-slack.ts'
import { createUser, type FakeUser } from './people.ts'
import { announceChanged, type Platform } from './platform.ts'
import { endStream } from './streams.ts'
import { wireMessage } from './wire.ts'
import { addChannel, addUser, dmOf, mustChannel, mustMessage, OTHER_TEAM } from './world.ts'

type Stage = Pick<
  FakeSlack,
  | 'user'
  | 'channel'
  | 'usergroup'
  | 'dm'
  | 'archive'
  | 'removeBot'
  | 'uninstall'
  | 'detectLanguage'
  | 'killStream'
>

export function createStage(platform: Platform): Stage {
  const { world } = platform
  const users = new Map<string, FakeUser>()
  const user: Stage['user'] = (id, profile) => {
    const known = users.get(id)
    if (known) {
      Object.assign(known.record, profile)
      if (profile?.isExternal) known.record.teamId = profile.teamId ?? OTHER_TEAM
      return known
    }
    const made = createUser(platform, addUser(world, id, { name: id.toLowerCase(), ...profile }))
    users.set(id, made)
    return made
  }
  return {
    user,
    channel(id, profile = {}) {
      const channel = addChannel(world, id, profile.isPrivate ? 'group' : 'channel', profile)
      for (const member of channel.members) if (!world.users.has(member)) user(member)
      return channel.id
    },
    usergroup: (id, members) => void world.usergroups.set(id, [...members]),
    dm: (who) => dmOf(world, typeof who === 'string' ? who : who.id).id,
    archive(channel) {
      mustChannel(world, channel).archived = true
    },
    removeBot(channelId) {
      const channel = mustChannel(world, channelId)
      // docs.slack.dev events/channel_left: a bot hears that it was removed; member_left_channel it does not get.
      const type = channel.kind === 'group' ? 'group_left' : 'channel_left'
      platform.emit({ type, channel: channel.id, event_ts: world.nextTs() }, channel)
      channel.members.delete(world.botUserId)
      world.changed()
    },
    uninstall() {
      platform.emit({ type: 'app_uninstalled', event_ts: world.nextTs() })
      platform.emit({ type: 'tokens_revoked', tokens: { bot: [world.botUserId] }, event_ts: world.nextTs() })
      world.uninstalled = true
    },
    detectLanguage(ts) {
      const message = mustMessage(world, ts)
      // facts A5: message_changed fires for language detection too, with the text as it was.
      announceChanged(platform, mustChannel(world, message.channel), message, wireMessage(world, message))
    },
    killStream(ts) {
      endStream(platform, mustMessage(world, ts), 'errored')
    },
  }
}
