// What a person does in the Slack-like channel, played on the fake Slack.
import type { Outcome } from '../fakes/slack/index.ts'
import type { Deed, Stage } from './acts.ts'
import type { Person } from './cast.ts'

const COMMAND = '/damso'

export async function playOnSlack(stage: Stage, person: Person, deed: Deed): Promise<object> {
  const { slack } = stage.world
  const user = slack.user(person.slack)
  switch (deed.do) {
    case 'say':
      return say(stage, person, deed)
    case 'edit':
      user.edit(deed.id, deed.text)
      return {}
    case 'delete':
      user.delete(deed.id)
      return {}
    case 'react':
      if (deed.on) user.react(deed.id, deed.emoji)
      else user.unreact(deed.id, deed.emoji)
      return {}
    case 'press':
      return outcomeOf(await user.click(deed.id, deed.button, deed.value))
    case 'command':
      return command(stage, person, deed)
    case 'menu':
      return outcomeOf(await user.shortcut(deed.name, deed.id))
    case 'open-dm':
      user.openDm()
      return {}
    case 'stop':
      user.stop(deed.thread)
      return {}
    case 'complete':
    case 'post':
      throw new Error('Slack has no such thing.')
  }
}

function channelOf({ world }: Stage, room: string): string {
  return room.startsWith('dm:') ? world.slack.dm(room.slice('dm:'.length)) : room
}

function say(stage: Stage, person: Person, deed: Extract<Deed, { do: 'say' }>): object {
  const { board, controls, uploads, world } = stage
  const channel = channelOf(stage, deed.room)
  const { uploads: files, shown } = uploads.add(deed.files)
  const at = Date.now()
  const ts = world.slack.user(person.slack).say(channel, deed.text, {
    threadTs: deed.thread ?? undefined,
    deliver: { times: controls.takeTimes() },
    files: files.map(({ name, mime, bytes }) => ({ name, bytes, mimetype: mime })),
  })
  board.asked(`${channel}:${ts}`, { platform: 'slack', room: deed.room, thread: deed.thread ?? ts }, at)
  if (shown.length > 0) board.attached('slack', ts, shown)
  return { id: ts }
}

async function command(
  stage: Stage,
  person: Person,
  deed: Extract<Deed, { do: 'command' }>,
): Promise<object> {
  const { board, world } = stage
  const channel = channelOf(stage, deed.room)
  const at = Date.now()
  const outcome = await world.slack
    .user(person.slack)
    .command(COMMAND, deed.text, channel, deed.thread ? { threadTs: deed.thread } : undefined)
  if (outcome.triggerId)
    board.asked(`cmd:${outcome.triggerId}`, { platform: 'slack', room: deed.room, thread: null }, at)
  return outcomeOf(outcome)
}

/** Slack's own words for what the person would see. */
function outcomeOf({ ok, refused, error }: Outcome): object {
  if (refused) throw new Error(`Slack: ${refused}`)
  if (!ok) throw new Error(`Slack: ${error ?? 'failed'}`)
  return {}
}
