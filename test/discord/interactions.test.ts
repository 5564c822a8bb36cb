// Commands, menus, buttons and forms on Discord: acknowledged in time, answered where the person can see it.
import { afterEach, expect, test } from 'vitest'
import { COMMANDS } from '../../commands/index.ts'
import type { Deliver } from '../../src/core/adapter.ts'
import type { Receipt } from '../../src/core/decision.ts'
import type { ActionInbound, CommandInbound, Inbound } from '../../src/core/inbound.ts'
import { toDiscordCommands } from '../../src/discord/commands.ts'
import { registerDiscordCommands } from '../../src/discord/register.ts'
import type { FakeDiscord, FakeDiscordOptions } from '../fakes/discord/index.ts'
import {
  closeAll,
  createPost,
  createQuickClock,
  createShiftedClock,
  korean,
  openOutbound,
  openRig,
  type RigOptions,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

async function register(discord: FakeDiscord): Promise<void> {
  const { token, applicationId, apiUrl } = discord
  await registerDiscordCommands(
    { token, applicationId, apiUrl },
    toDiscordCommands(COMMANDS, { botName: 'Damso' }),
  )
}

async function open(deliver: Deliver, options: RigOptions = {}, fakeOptions: FakeDiscordOptions = {}) {
  const discord = await startFake(fakeOptions)
  discord.channel('문의')
  const alice = discord.user('alice', { admin: true })
  await register(discord)
  const rig = await openRig(discord, { ...options, deliver, commands: COMMANDS })
  const heard = <T extends Inbound['type']>(type: T) =>
    rig.heard.filter((inbound): inbound is Extract<Inbound, { type: T }> => inbound.type === type)
  return { discord, alice, rig, commands: () => heard('command'), actions: () => heard('action') }
}

const give =
  (receipt: Receipt): Deliver =>
  () =>
    Promise.resolve(receipt)
const handleOf = (inbound: CommandInbound | ActionInbound | undefined) => inbound!.handle

test('a question by command is deferred, and its answer grows and ends in place of "thinking"', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer' }))
  const asked = alice.command('ask', { question: '배송이 언제 오나요?' }, '문의')
  await discord.until(() => asked.thinking && commands().length === 1)
  expect(asked.ephemeral).toBe(false)
  expect(commands()[0]).toMatchObject({
    name: 'ask',
    options: { question: '배송이 언제 오나요?' },
    room: 'channel',
    author: { locale: alice ? expect.any(String) : '', isAdmin: true },
    target: null,
  })
  const options = writeOptions({ growing: { buttons: [{ action: 'stop', value: 't', label: '멈추기' }] } })
  const post = createPost(commands()[0]!.place, {
    source: commands()[0]!.source,
    handle: handleOf(commands()[0]),
  })
  const writer = rig.outbound.write(post, options)
  writer.show('내일')
  await discord.until(() => asked.content.startsWith('내일'))
  expect(asked.answer?.buttons[0]?.label).toBe('멈추기')
  const { id } = await writer.finish(korean('내일 도착해요.'))
  expect(asked.content).toBe('내일 도착해요.')
  expect(asked.answer).toMatchObject({ id, ephemeralTo: null, buttons: [] })
  expect(options.ids).toEqual([id])
  expect(discord.calls.some(({ path }) => path.startsWith('/webhooks') && path.includes('Bot'))).toBe(false)
  expect(discord.violations).toEqual([])
})

test('a private question is answered to the asker alone', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer-private' }))
  const asked = alice.command('질문', { question: '제 주문은요?', private: true }, '문의')
  await discord.until(() => asked.thinking && commands().length === 1)
  expect(commands()[0]).toMatchObject({ name: 'ask', options: { private: true } })
  const post = createPost(commands()[0]!.place, { handle: handleOf(commands()[0]) })
  await rig.outbound.write(post, writeOptions({ isPrivate: true })).finish(korean('출발했어요.'))
  expect(asked).toMatchObject({ ephemeral: true, content: '출발했어요.' })
  expect(asked.answer?.ephemeralTo).toBe('alice')
})

test('the message command reads the message, under its Korean label too', async () => {
  const { discord, alice, commands } = await open(give({ ack: 'defer-private' }))
  const bob = discord.user('bob')
  const said = bob.say('문의', `${discord.botMention} 이건 왜 이래요?`)
  const labels = discord.commands().filter(({ type }) => type === 3)
  expect(labels[0]).toMatchObject({
    name: 'Ask Damso',
    data: { name_localizations: { ko: 'Damso에게 묻기' } },
  })
  const used = alice.messageCommand('Ask Damso', said)
  await discord.until(() => commands().length === 1 && used.thinking)
  expect(used.ephemeral).toBe(true)
  expect(commands()[0]).toMatchObject({
    name: 'ask',
    target: { source: said.id, text: '이건 왜 이래요?', authorIsBot: false },
  })
})

test('a reply and a form come at once', async () => {
  let receipt: Receipt = { ack: 'none', reply: { content: korean('도움말'), isPrivate: true } }
  const { discord, alice, commands } = await open(() => Promise.resolve(receipt))
  const help = alice.command('help', {}, '문의')
  await discord.until(() => help.state === 'answered')
  expect(help).toMatchObject({ content: '도움말', ephemeral: true })
  receipt = {
    ack: 'none',
    form: {
      submit: 'settings',
      title: '설정',
      lang: 'ko',
      fields: [
        {
          id: 'mode',
          label: '언제',
          choices: [
            { name: '부를 때', value: 'mention' },
            { name: '늘', value: 'every' },
          ],
          value: 'every',
          required: true,
        },
        { id: 'staffChannel', label: '채널', value: '' },
      ],
    },
  }
  const opened = alice.command('settings', {}, '문의')
  await discord.until(() => opened.modal)
  receipt = { ack: 'none', reply: { content: korean('저장했어요.'), isPrivate: true } }
  const sent = alice.submitModal(opened, { mode: ['mention'], staffChannel: '123' })
  await discord.until(() => sent.state === 'answered')
  expect(commands().at(-1)).toMatchObject({
    name: 'settings',
    options: { mode: 'mention', staffChannel: '123' },
  })
  expect(discord.violations).toEqual([])
})

test('what is ignored leaves nothing behind', async () => {
  const { discord, alice } = await open(give({ ack: 'none' }))
  const asked = alice.command('help', {}, '문의')
  await discord.until(() => discord.calls.some(({ method }) => method === 'DELETE'))
  expect(asked.answer).toBeNull()
  expect(asked.error).toBeNull()
})

test('a pressed button says which message and what, and is acknowledged without a change', async () => {
  const { discord, alice, rig, actions } = await open(give({ ack: 'update' }))
  const channel = discord.channel('문의')
  const place = {
    platform: 'discord',
    workspace: `discord:${discord.guild('G1').id}`,
    channel: channel.id,
    thread: null,
  } as const
  const buttons = [{ action: 'feedback', value: 'up:turn##1', label: '도움됐어요' } as const]
  const { id } = await rig.outbound.write(createPost(place), writeOptions()).finish(korean('답', { buttons }))
  const pressed = alice.click(id, '도움됐어요')
  await discord.until(() => actions().length === 1 && pressed.state === 'acknowledged')
  expect(actions()[0]).toMatchObject({
    action: 'feedback',
    value: 'up:turn##1',
    message: id,
    author: { id: alice.id },
  })
  expect(discord.message(id)?.content).toBe('답')
})

test('an answer to a button is a message of its own; a private one is seen by the presser alone', async () => {
  const { discord, alice, rig, actions } = await open(give({ ack: 'defer' }))
  const channel = discord.channel('문의')
  const place = {
    platform: 'discord',
    workspace: `discord:${discord.guild('G1').id}`,
    channel: channel.id,
    thread: null,
  } as const
  const buttons = [{ action: 'person', value: 't', label: '상담원 연결' } as const]
  const { id } = await rig.outbound.write(createPost(place), writeOptions()).finish(korean('답', { buttons }))
  const pressed = alice.click(id, '상담원 연결')
  await discord.until(() => actions().length === 1 && pressed.state === 'acknowledged')
  const handle = handleOf(actions()[0])
  await rig.outbound.write(createPost(place, { handle }), writeOptions()).finish(korean('상담원을 불렀어요.'))
  await rig.outbound
    .write(createPost(place, { handle }), writeOptions({ isPrivate: true }))
    .finish(korean('곧 연락드려요.'))
  expect(discord.message(id)?.content).toBe('답')
  expect(pressed.messages.map(({ content, ephemeralTo }) => [content, ephemeralTo])).toEqual([
    ['곧 연락드려요.', 'alice'],
  ])
  expect(discord.messages('문의').map(({ content }) => content)).toContain('상담원을 불렀어요.')
  expect(discord.violations).toEqual([])
})

test('choices are offered while typing; slow ones become none', async () => {
  let isSlow = false
  const complete: RigOptions['complete'] = ({ option, prefix, lang }) =>
    isSlow
      ? new Promise(() => undefined)
      : Promise.resolve(
          Array.from({ length: 30 }, (_, index) => ({
            name: `${option} ${prefix}${index} ${lang}`,
            value: `v${index}`,
          })),
        )
  const { discord, alice } = await open(give({ ack: 'none' }), { complete })
  const option = COMMANDS.flatMap((command) =>
    command.options.filter(({ complete: has }) => has).map(({ name }) => [command.name, name] as const),
  )[0]
  if (!option) throw new Error('no command completes an option')
  const [command, name] = option
  const offered = await alice.autocomplete(command, { [name]: '멘' }, name)
  expect(offered).toHaveLength(25)
  expect(offered[0]!.name).toContain(`${name} 멘0`)
  isSlow = true
  expect(await alice.autocomplete(command, { [name]: '멘' }, name)).toEqual([])
  expect(discord.violations).toEqual([])
})

test('when saving takes over a second it is deferred all the same, and answered when saved', async () => {
  const saved = Promise.withResolvers<Receipt>()
  const { discord, alice } = await open(() => saved.promise)
  const asked = alice.command('ask', { question: '질문' }, '문의')
  const help = alice.command('help', {}, '문의')
  await discord.until(() => asked.thinking && help.thinking)
  expect([asked.ephemeral, help.ephemeral]).toEqual([false, true])
  saved.resolve({ ack: 'none', reply: { content: korean('도움말'), isPrivate: true } })
  await discord.until(
    () => help.content === '도움말' && asked.messages.some(({ content }) => content === '도움말'),
  )
  expect(asked.messages.every(({ ephemeralTo }) => ephemeralTo === 'alice')).toBe(true)
})

test('when it cannot be saved at all, the person is told', async () => {
  const { discord, alice } = await open(() => Promise.reject(new Error('database away')), {
    clock: createQuickClock(10),
  })
  const asked = alice.command('ask', { question: '질문' }, '문의')
  await discord.until(() => asked.state === 'answered')
  expect(asked.content).toMatch(/다시 한번|once more/)
})

test('a worker that is quicker than the deferral waits for it', async () => {
  const { discord, alice, rig, commands } = await open(async () => {
    return { ack: 'defer' }
  })
  discord.failNext('POST /interactions/{id}/{token}/callback', { delayMs: 600 })
  const asked = alice.command('ask', { question: '질문' }, '문의')
  await discord.until(() => commands().length === 1)
  const post = createPost(commands()[0]!.place, { handle: handleOf(commands()[0]) })
  const writer = rig.outbound.write(post, writeOptions())
  writer.show('빠른')
  await writer.finish(korean('빠른 답'))
  expect(asked.content).toBe('빠른 답')
  expect(asked.messages).toHaveLength(1)
})

test('a command that was never deferred is answered by an ordinary message, a private one in a direct message', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer' }), {
    clock: createQuickClock(20),
  })
  discord.failNext('POST /interactions/{id}/{token}/callback', { status: 503, times: 20 })
  alice.command('ask', { question: '질문' }, '문의')
  await discord.until(() => commands().length === 1)
  const handle = handleOf(commands()[0])
  const place = commands()[0]!.place
  const { id } = await rig.outbound
    .write(createPost(place, { handle }), writeOptions())
    .finish(korean('늦은 답'))
  expect(discord.message(id)).toMatchObject({
    channelId: place.channel,
    content: '늦은 답',
    ephemeralTo: null,
  })
  const hidden = rig.outbound.write(
    createPost(place, { handle }),
    writeOptions({ isPrivate: true, recipient: alice.id }),
  )
  const whispered = await hidden.finish(korean('비밀'))
  expect(discord.messages('alice').map((message) => message.id)).toContain(whispered.id)
  expect(discord.messages('문의').some(({ content }) => content.includes('비밀'))).toBe(false)
})

test('after 14 minutes a public answer is finished as an ordinary message, a private one as a direct message', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer' }))
  const asked = alice.command('ask', { question: '질문' }, '문의')
  await discord.until(() => asked.thinking)
  const clock = createShiftedClock()
  const outbound = openOutbound(discord, { clock })
  const post = createPost(commands()[0]!.place, { handle: handleOf(commands()[0]) })
  const writer = outbound.write(post, writeOptions())
  writer.show('길고')
  await writer.firstShown
  clock.shift(14 * 60_000 + 1_000)
  const { id } = await writer.finish(korean('길고 긴 답'))
  expect(asked.answer).toMatchObject({ id, content: '길고 긴 답' })
  expect(discord.calls.at(-1)).toMatchObject({
    method: 'PATCH',
    route: 'PATCH /channels/{channel_id}/messages/{message_id}',
  })
  const hidden = createPost(post.place, { handle: post.handle, title: '제 주문은 어디쯤인가요?' })
  const options = writeOptions({ isPrivate: true, recipient: alice.id })
  const whispered = await outbound.write(hidden, options).finish(korean('비밀'))
  expect(discord.messages('alice').map((message) => message.id)).toContain(whispered.id)
  expect(discord.message(whispered.id)?.content).toMatch(/비밀[\s\S]*“제 주문은 어디쯤인가요\?”에 대한 답/)
  expect(discord.messages('문의').some(({ content }) => content.includes('비밀'))).toBe(false)
  // Another attempt that does not know of it finds it instead of telling it twice.
  const again = await outbound.write(hidden, { ...options, attempt: 2 }).finish(korean('비밀'))
  expect(again.id).toBe(whispered.id)
  void rig
})

test('whoever takes no direct messages gets no private answer after 14 minutes, and nobody else sees it', async () => {
  const { discord, commands } = await open(give({ ack: 'defer' }))
  const closed = discord.user('closed', { acceptsDms: false })
  const asked = closed.command('ask', { question: '질문', private: true }, '문의')
  await discord.until(() => asked.thinking)
  const clock = createShiftedClock()
  const outbound = openOutbound(discord, { clock })
  const post = createPost(commands()[0]!.place, { handle: handleOf(commands()[0]) })
  clock.shift(14 * 60_000 + 1_000)
  const hidden = outbound.write(post, writeOptions({ isPrivate: true, recipient: closed.id }))
  await expect(hidden.finish(korean('비밀'))).rejects.toMatchObject({ code: 'handle-expired' })
  expect(discord.messages('문의').some(({ content }) => content.includes('비밀'))).toBe(false)
})

test('an answer whose acknowledgement was lost on the way is still shown once', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer' }))
  discord.failNext('POST /interactions/{id}/{token}/callback', { afterEffect: true })
  const asked = alice.command('ask', { question: '질문' }, '문의')
  await discord.until(() => asked.thinking && commands().length === 1)
  discord.failNext('PATCH /webhooks/*', { status: 500, afterEffect: true })
  const post = createPost(commands()[0]!.place, { handle: handleOf(commands()[0]) })
  await rig.outbound.write(post, writeOptions()).finish(korean('한 번'))
  expect(asked.messages.map(({ content }) => content)).toEqual(['한 번'])
})

test('a long private answer goes on privately, and never becomes public', async () => {
  const { discord, alice, rig, commands } = await open(give({ ack: 'defer-private' }))
  const asked = alice.command('ask', { question: '제 주문은요?', private: true }, '문의')
  await discord.until(() => asked.thinking && commands().length === 1)
  const { place } = commands()[0]!
  const handle = handleOf(commands()[0])
  const hidden = writeOptions({ isPrivate: true, recipient: alice.id })
  await rig.outbound.write(createPost(place, { handle }), hidden).finish(korean('하나'))
  await rig.outbound.write(createPost(place, { handle, slot: 'answer.1' }), hidden).finish(korean('둘'))
  const lost = rig.outbound.write(createPost(place, { slot: 'answer.2' }), hidden)
  lost.show('셋')
  const { id } = await lost.finish(korean('셋'))
  expect(discord.messages('alice').map((message) => message.id)).toContain(id)
  expect(asked.messages.map(({ content, ephemeralTo }) => [content, ephemeralTo])).toEqual([
    ['하나', 'alice'],
    ['둘', 'alice'],
  ])
  expect(discord.messages('문의').every(({ ephemeralTo }) => ephemeralTo === 'alice')).toBe(true)
})
