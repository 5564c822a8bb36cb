// Test set-up: a fake Discord and a real discord.js client on it, both closed after the test.
import {
  Client,
  type ClientOptions,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  type Message,
  Partials,
  type RESTOptions,
} from 'discord.js'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './index.ts'

// discord.js calls its own undici, which takes no FormData of Node’s once a newer undici is the process’s dispatcher.
const makeRequest: RESTOptions['makeRequest'] = (url, init) =>
  init.body instanceof FormData ? fetch(url, init as RequestInit) : DefaultRestOptions.makeRequest(url, init)

const cleanups: (() => Promise<unknown> | unknown)[] = []

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}

export async function start(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startFakeDiscord(options)
  cleanups.push(() => discord.close())
  return discord
}

export function createClient(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.GuildMessageReactions,
    ],
    partials: [Partials.Channel, Partials.Message],
    rest: { api: discord.apiUrl, version: '10', makeRequest },
    ...options,
  })
  cleanups.push(() => client.destroy())
  return client
}

export async function connect(
  discord: FakeDiscord,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = createClient(discord, options)
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(discord.token)
  await ready
  return client as Client<true>
}

export function collect(client: Client): Message[] {
  const got: Message[] = []
  client.on(Events.MessageCreate, (message) => got.push(message))
  return got
}
