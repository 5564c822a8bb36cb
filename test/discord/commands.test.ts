// The commands as Discord takes them: every body is checked against Discord's published API description by the fake.
import { afterEach, expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import { createMenuReader, toDiscordCommands } from '../../src/discord/commands.ts'
import { registerDiscordCommands } from '../../src/discord/register.ts'
import { closeAll, startFake } from './rig.ts'

afterEach(closeAll)

test('commands are registered with Korean names, in one server or everywhere', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const { token, applicationId, apiUrl } = discord
  const body = toDiscordCommands(COMMANDS, { botName: '하늘상점 도우미' })
  const guild = discord.guild('G1').id
  expect(await registerDiscordCommands({ token, applicationId, apiUrl, guild }, body)).toBe(body.length)
  expect(discord.commands('G1').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['ask', 'help', 'settings']),
  )
  expect(discord.commands()).toEqual([])
  await registerDiscordCommands({ token, applicationId, apiUrl }, body)
  const ask = discord.commands().find(({ name }) => name === 'ask')!
  expect(ask.data).toMatchObject({
    name_localizations: { ko: '질문' },
    options: [
      { name: 'question', type: 3, required: true, name_localizations: { ko: '질문' } },
      { name: 'private', type: 5, required: false, name_localizations: { ko: '비공개' } },
    ],
    contexts: [0, 1],
  })
  expect(discord.violations).toEqual([])
})

test('staff commands are for those who manage the server', () => {
  const bodies = toDiscordCommands(COMMANDS, { botName: 'Damso' }) as {
    name: string
    default_member_permissions?: string
  }[]
  expect(bodies.find(({ name }) => name === 'settings')?.default_member_permissions).toBe('32')
  expect(bodies.find(({ name }) => name === 'Add to knowledge')).toMatchObject({
    ...{
      type: 3,
      name_localizations: { ko: '지식에 추가' },
      default_member_permissions: '32',
      contexts: [0],
    },
  })
  expect(bodies.find(({ name }) => name === 'ask')?.default_member_permissions).toBeUndefined()
})

test('the menu label carries the bot’s own name and is understood after a renaming', () => {
  const bodies = toDiscordCommands(COMMANDS, { botName: '하늘상점 도우미' }) as {
    type: number
    name: string
    name_localizations: { ko: string }
  }[]
  const menu = bodies.find(({ type }) => type === 3)!
  expect([menu.name, menu.name_localizations.ko]).toEqual(['Ask 하늘상점 도우미', '하늘상점 도우미에게 묻기'])
  const read = createMenuReader(COMMANDS, 'Damso')
  expect(read(menu.name)).toBe('ask')
  expect(read('Ask Damso')).toBe('ask')
  expect(read('Add to knowledge')).toBe('add')
})

test('a wrong token is reported as such', async () => {
  const discord = await startFake()
  const registering = registerDiscordCommands(
    { token: 'wrong', applicationId: discord.applicationId, apiUrl: discord.apiUrl },
    [],
  )
  await expect(registering).rejects.toMatchObject({ hint: expect.stringContaining('DISCORD_TOKEN') })
})
