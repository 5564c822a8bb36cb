// Slack's mrkdwn as people read it.
import { expect, test } from 'vitest'
import type { Directory } from '../../src/slack/directory.ts'
import { readText } from '../../src/slack/inbound-text.ts'

const PERSON = {
  team: 'T1',
  enterprise: '',
  locale: null,
  zone: null,
  isAdmin: false,
  isGuest: false,
  isStranger: false,
  isBot: false,
}

const people: Directory = {
  person: async (_, id) => (id === 'UJOON' ? { ...PERSON, name: '준 <b>' } : null),
  channel: async (_, id) => (id === 'CHELP' ? { name: 'help', isShared: false, topic: '' } : null),
  learn: () => undefined,
  teamOf: () => null,
}

function read(raw: string) {
  return readText(raw, { workspace: 'slack:T1', botUser: 'UBOT', author: 'UMINA', people })
}

test.each([
  ['<@UBOT> 배송 언제 와요?', '배송 언제 와요?'],
  ['<@UBOT>, 배송 언제 와요?', '배송 언제 와요?'],
  ['<@UBOT|damso>: hello', 'hello'],
  ['안녕하세요 <@UBOT> 배송 언제 와요?', '안녕하세요 배송 언제 와요?'],
  ['배송 언제 와요? <@UBOT>', '배송 언제 와요?'],
  ['<@UBOT>', ''],
  ['<@UBOT> <@UBOT> 둘', '둘'],
  ['<@UBOT>\n```\n  if (a &amp;&amp; b)\n```', '```\n  if (a && b)\n```'],
  ['<@UJOON> 봐 주세요', '@준 <b> 봐 주세요'],
  ['<@UGHOST> 누구', '@… 누구'],
  ['<@UGHOST|gil> 누구', '@gil 누구'],
  ['<#CHELP> <#CHELP|> <#CHELP|도움> <#CNONE>', '#help #help #도움 #…'],
  ['<!subteam^S1|@cs> <!subteam^S2> <!here> <!channel|channel>', '@cs @… @here channel'],
  ['<!date^1^{date}|5월 1일>까지', '5월 1일까지'],
  ['<https://x.kr/?a=1&amp;b=2>', 'https://x.kr/?a=1&b=2'],
  ['<https://x.kr|여기>', '여기 (https://x.kr)'],
  ['<http://x.kr|x.kr>', 'x.kr'],
  ['<mailto:a@x.kr|a@x.kr>', 'a@x.kr'],
  ['&lt;@UBOT&gt; &amp;lt;', '<@UBOT> &lt;'],
  ['1 &lt; 2 &gt; 0', '1 < 2 > 0'],
])('%j reads %j', async (raw, text) => {
  expect((await read(raw)).text).toBe(text)
})

test.each([
  ['그냥 말', false, false],
  ['<@UBOT> 질문', true, false],
  ['<@UBOT> <@UJOON> 둘 다', true, true],
  ['<@UMINA> 저예요', false, false],
  ['<!here> 여러분', false, true],
  ['<!subteam^S1|@cs> 님', false, true],
  ['&lt;@UBOT&gt; 글자일 뿐', false, false],
])('%j: names the bot %s, names others %s', async (raw, mentionsBot, mentionsOthers) => {
  expect(await read(raw)).toMatchObject({ mentionsBot, mentionsOthers })
})
