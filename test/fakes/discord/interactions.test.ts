// The fake Discord's interactions as seen by the real discord.js and by the person who starts them.
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { closeAll, connect, start } from './connect.ts'
import { createManualClock } from './index.ts'

afterEach(closeAll)

const commands = [
  {
    name: 'ask',
    nameLocalizations: { ko: '질문' },
    description: 'Ask a question',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        nameLocalizations: { ko: '내용' },
        description: 'Your question',
        required: true,
      },
      { type: ApplicationCommandOptionType.Boolean, name: 'private', description: 'Only for you' },
    ],
  },
  {
    name: 'settings',
    description: 'Settings',
    defaultMemberPermissions: '32',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'language',
        description: 'Language',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'to',
            description: 'Language',
            required: true,
            autocomplete: true,
          },
        ],
      },
    ],
  },
  { type: ApplicationCommandType.Message, name: 'Damso에게 묻기' },
] as const

type OnSlash = (interaction: ChatInputCommandInteraction) => Promise<unknown>

async function withCommands(client: Client<true>, onSlash?: OnSlash) {
  await client.application.commands.set(commands as never)
  if (onSlash) on(client, (i) => (i.isChatInputCommand() ? onSlash(i) : undefined))
}

function on(client: Client, run: (interaction: Interaction) => Promise<unknown> | undefined) {
  client.on(Events.InteractionCreate, (interaction) => void run(interaction))
}

test('a slash command is thought about, then answered in place, then followed up', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const { promise: gate, resolve: go } = Promise.withResolvers<void>()
  await withCommands(client, async (i) => {
    await i.deferReply()
    await gate
    await i.editReply(`Q: ${i.options.getString('question')} (${i.locale}, ${i.guildLocale})`)
    await i.followUp('더 궁금한 점이 있으세요?')
  })
  const asked = alice.command('질문', { 내용: '배송이 언제 오나요?' }, 'C1')
  await discord.until(() => asked.thinking)
  expect(discord.messages('C1')[0]?.thinking).toBe(true)
  go()
  await discord.until(() => asked.messages.length === 2)
  expect(asked.content).toBe('Q: 배송이 언제 오나요? (ko, ko)')
  expect(discord.messages('C1').map((m) => [m.content, m.ephemeralTo])).toEqual([
    ['Q: 배송이 언제 오나요? (ko, ko)', null],
    ['더 궁금한 점이 있으세요?', null],
  ])
  expect(discord.violations).toEqual([])
})

test('directly after a defer, the first followup fills the waiting answer', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  await withCommands(client, async (i) => {
    await i.deferReply()
    await i.followUp('답')
  })
  const asked = alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => asked.state === 'answered')
  expect(discord.messages('C1').map((m) => m.content)).toEqual(['답'])
})

test('a private answer is seen by its asker alone, and stays private to the end', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const bob = discord.user('bob')
  const client = await connect(discord)
  await withCommands(client, async (i) => {
    await i.deferReply({ flags: MessageFlags.Ephemeral })
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('up:1').setLabel('도움됐어요').setStyle(ButtonStyle.Success),
    )
    await i.editReply({ content: '비밀', components: [row] })
  })
  const asked = alice.command('ask', { question: 'q', private: true }, 'C1')
  await discord.until(() => asked.content === '비밀')
  expect(asked.ephemeral).toBe(true)
  expect(asked.answer?.ephemeralTo).toBe('alice')
  expect(() => bob.click(asked.answer!, 'up')).toThrow('ephemeral')
  const history = await client.rest.get(`/channels/${asked.answer!.channelId}/messages`)
  expect(history).toEqual([])
})

test('a second answer to one interaction is refused with 40060', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  let second: unknown
  await withCommands(client, async (i) => {
    await i.reply('하나')
    const body = { type: 4, data: { content: '둘' } }
    second = await client.rest.post(`/interactions/${i.id}/${i.token}/callback`, { body }).catch((e) => e)
  })
  const asked = alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => second)
  expect(second).toMatchObject({ code: 40060 })
  expect(asked.messages.map((m) => m.content)).toEqual(['하나'])
})

test('an interaction not answered within 3 s fails for the person and its token is void', async () => {
  const clock = createManualClock()
  const discord = await start({ clock })
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got: ChatInputCommandInteraction[] = []
  await withCommands(client, async (i) => got.push(i))
  const asked = alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => got.length === 1)
  clock.advance(3001)
  expect(asked.error).toBe('The application did not respond')
  await expect(got[0]!.reply('늦었어요')).rejects.toMatchObject({ code: 10062 })
})

test('an interaction token stops working after 15 minutes', async () => {
  const clock = createManualClock()
  const discord = await start({ clock })
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got: ChatInputCommandInteraction[] = []
  await withCommands(client, async (i) => {
    await i.deferReply()
    got.push(i)
  })
  alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => got.length === 1)
  clock.advance(14 * 60_000)
  await got[0]!.editReply('아직 돼요')
  clock.advance(61_000)
  await expect(got[0]!.editReply('이제 안 돼요')).rejects.toMatchObject({ code: 50027 })
})

test('choices are offered while typing; staff commands are kept from others', async () => {
  const discord = await start()
  discord.channel('C1')
  const boss = discord.user('boss', { admin: true })
  const alice = discord.user('alice')
  const client = await connect(discord)
  await withCommands(client)
  on(client, (i) =>
    i.isAutocomplete() ? i.respond([{ name: `한국어 ${i.options.getFocused()}`, value: 'ko' }]) : undefined,
  )
  const choices = await boss.autocomplete('settings language', { to: '한' }, 'to', 'C1')
  expect(choices).toEqual([{ name: '한국어 한', value: 'ko' }])
  expect(() => alice.command('settings language', { to: 'ko' }, 'C1')).toThrow('may not use /settings')
  expect(() => alice.command('ask', {}, 'C1')).toThrow('needs "question"')
  expect(() => alice.command('translate', {}, 'C1')).toThrow('No command "translate"')
  expect(discord.violations).toEqual([])
})

test('a message command hands over the message, even from a channel the bot reads nothing in', async () => {
  const discord = await start({ messageContent: false })
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord, { intents: ['Guilds'] })
  await withCommands(client)
  on(client, async (i) => {
    if (!i.isMessageContextMenuCommand()) return
    await i.reply({ content: `"${i.targetMessage.content}" 말씀이시군요`, withResponse: true })
  })
  const question = alice.say('C1', '환불 되나요?')
  const asked = alice.messageCommand('Damso에게 묻기', question)
  await discord.until(() => asked.content === '"환불 되나요?" 말씀이시군요')
  expect(discord.violations).toEqual([])
})

test('a pressed button changes its message, and a disabled one cannot be pressed', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const row = (disabled: boolean) =>
    new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder()
        .setCustomId('stop:7')
        .setLabel('그만')
        .setStyle(ButtonStyle.Danger)
        .setDisabled(disabled),
    )
  await withCommands(client, (i) => i.reply({ content: '쓰는 중', components: [row(false)] }))
  on(client, async (i) => {
    if (i.isButton()) await i.update({ content: `멈춤 ${i.customId}`, components: [row(true)] })
  })
  const asked = alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => asked.state === 'answered')
  alice.click(asked.answer!, 'stop:')
  await discord.until(() => asked.content === '멈춤 stop:7')
  expect(asked.answer?.buttons).toEqual([
    { customId: 'stop:7', label: '그만', style: 4, disabled: true, url: null },
  ])
  expect(() => alice.click(asked.answer!, '그만')).toThrow('disabled')
  expect(discord.violations).toEqual([])
})

test('a form is opened, filled in and answered', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  await withCommands(client, (i) =>
    i.showModal(
      new ModalBuilder()
        .setCustomId('form')
        .setTitle('문의')
        .addComponents(
          new ActionRowBuilder<TextInputBuilder>().addComponents(
            new TextInputBuilder().setCustomId('text').setLabel('내용').setStyle(TextInputStyle.Paragraph),
          ),
        ),
    ),
  )
  on(client, async (i) => {
    if (i.isModalSubmit()) await i.reply(`받았어요: ${i.fields.getTextInputValue('text')}`)
  })
  const asked = alice.command('ask', { question: 'q' }, 'C1')
  await discord.until(() => asked.modal)
  expect(() => alice.submitModal(asked, { text: '' })).toThrow('1 to 4000')
  const sent = alice.submitModal(asked, { text: '환불' })
  await discord.until(() => sent.content === '받았어요: 환불')
  expect(discord.violations).toEqual([])
})

test('a slash command works in direct messages', async () => {
  const discord = await start()
  const alice = discord.user('alice')
  const client = await connect(discord)
  await withCommands(client, (i) => i.reply({ content: `${i.inGuild()}` }))
  const asked = alice.command('ask', { question: 'q' }, 'dm')
  await discord.until(() => asked.content === 'false')
  expect(discord.messages('alice')).toHaveLength(1)
  expect(discord.violations).toEqual([])
})
