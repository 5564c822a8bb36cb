// Turns a reply into the deltas a client would see: the model's raw tokens, then the reasoning parser, then max_tokens.
// The traps are real: `deepseek_r1` puts a whole unthinking answer into `reasoning` (vllm#21718, #22617); `deepseek_v3`
// lets `…</think>` through unless the request itself asked for thinking (deepseek_v3_reasoning_parser.py).

import { type ChatBody, type Prompt, templateKwargs } from './chat-template.ts'
import type { Settings } from './options.ts'
import type { Fault, Reply } from './script.ts'
import { tokenize } from './tokens.ts'

export interface Delta {
  kind: 'content' | 'reasoning'
  text: string
}

export interface Generation {
  deltas: Delta[]
  finishReason: 'stop' | 'length' | 'abort'
  reasoningTokens: number
}

const endOfThought = '</think>'

export function generate(reply: Reply, body: ChatBody, prompt: Prompt, settings: Settings): Generation {
  const content = reply.tokens ? [...reply.tokens] : tokenize(said(reply, settings))
  const thought = reply.reasoning ?? '무엇을 묻는지 살펴보고 답을 고릅니다.'
  const leak = reply.fault === 'think-leak'
  const raw = leak || prompt.thinking ? [...tokenize(thought), endOfThought, '\n\n', ...content] : content
  const all =
    reply.fault === 'reasoning-only'
      ? tokenize(thought).map((text): Delta => ({ kind: 'reasoning', text }))
      : parse(raw, leak ? 'through' : parserMode(body, settings))
  const room = settings.maxModelLen - prompt.tokens.length
  const cap = Math.min(body.max_completion_tokens ?? body.max_tokens ?? room, room)
  const deltas = all.slice(0, cap)
  const cutShort = all.length > cap || reply.fault === 'length'
  return {
    deltas,
    finishReason: cutShort ? 'length' : (reply.finishReason ?? 'stop'),
    reasoningTokens: deltas.filter((delta) => delta.kind === 'reasoning').length,
  }
}

function parserMode(body: ChatBody, settings: Settings): 'through' | 'r1' {
  const kwargs = templateKwargs(body, settings)
  switch (settings.reasoningParser) {
    case 'none':
      return 'through'
    case 'deepseek_r1':
      return 'r1'
    case 'deepseek_v3':
      return kwargs['enable_thinking'] === true || kwargs['thinking'] === true ? 'r1' : 'through'
    case 'qwen3':
      return kwargs['enable_thinking'] === false ? 'through' : 'r1'
  }
}

function parse(raw: string[], mode: 'through' | 'r1'): Delta[] {
  if (mode === 'through') return raw.map((text) => ({ kind: 'content', text }))
  const end = raw.indexOf(endOfThought)
  const border = end === -1 ? raw.length : end
  return raw.flatMap((text, i): Delta[] => {
    if (i === border) return []
    return [{ kind: i < border ? 'reasoning' : 'content', text }]
  })
}

const texts: Partial<Record<Fault, string>> = {
  empty: '',
  hanja: '您好，配送需要两到三天。請您耐心等待。',
  kana: 'こんにちは。配送には二、三日かかります。少々お待ちください。',
  'late-hanja': '안녕하세요. 배송은 보통 이틀에서 사흘 걸립니다. 请您耐心等待，我们会尽快处理您的订单。',
  'late-language':
    '안녕하세요. 배송은 보통 걸립니다. However the parcel usually arrives within two or three working days, and you can ' +
    'follow it on the tracking page at any time. Please contact the support desk if it does not arrive in time.',
}

function said(reply: Reply, settings: Settings): string {
  if (reply.fault === 'repeat-loop') {
    return '배송은 이틀 걸립니다. '.repeat(Math.min(400, settings.maxModelLen))
  }
  if (reply.fault === 'wrong-language') {
    const korean = /\p{Script=Hangul}/u.test(reply.text ?? '')
    return korean
      ? 'Your order usually arrives within two or three working days. Please check the tracking page.'
      : '주문하신 상품은 보통 이틀에서 사흘 안에 도착합니다. 배송 조회를 확인해 주세요.'
  }
  return (reply.fault && texts[reply.fault]) ?? reply.text ?? ''
}
