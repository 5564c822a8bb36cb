// Tells Discord the commands, as `npm run register` does. Loaded only while the app starts: discord.js takes its time.
import { COMMANDS } from '../../commands/index.ts'
import { toDiscordCommands } from '../../src/discord/commands.ts'
import { registerDiscordCommands } from '../../src/discord/register.ts'
import type { FakeDiscord } from '../fakes/discord/index.ts'

export async function registerCommands(discord: FakeDiscord, botName: string): Promise<void> {
  const { token, applicationId, apiUrl } = discord
  await registerDiscordCommands({ token, applicationId, apiUrl }, toDiscordCommands(COMMANDS, { botName }))
}
