// Slash commands that Slack keeps for itself: a manifest with one of them is refused as a whole.
// Sources: Slack Help Center "Use shortcuts and slash commands" (the built-in ones); manifests refused in the field:
// NousResearch/hermes-agent#17054 and #18453 (/status: "the slash command has an invalid name"),
// pyslackers/sirbot-pyslackers#208 (/commands). Slack publishes no list, so this one rather holds a name too many.

export const RESERVED_COMMANDS: ReadonlySet<string> = new Set(
  `/active /apps /archive /away /call /close /collapse /commands /dm /dnd /expand /feed /feedback /giphy /help /huddle /invite
  /invite_people /join /keys /kick /leave /list /me /msg /mute /open /part /people /prefs /preferences /remind /remove
  /rename /search /shortcuts /shrug /star /status /topic /unarchive /unmute /who`
    .trim()
    .split(/\s+/),
)

/** docs.slack.dev: lower case, at most 32 characters with the slash, no spaces. */
export function isFreeCommand(command: string): boolean {
  return /^\/[a-z0-9_-]{1,31}$/.test(command) && !RESERVED_COMMANDS.has(command)
}
