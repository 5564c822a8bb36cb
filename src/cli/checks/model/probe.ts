// One short question, and one picture where the model can see: what no list of models tells.
import { isBotError } from '../../../core/error.ts'
import type { Completion, Model, ModelRequest } from '../../../llm/model.ts'
import { bad, type Finding, ok, warn } from '../finding.ts'
import { parserRemedy } from './failure.ts'

/** Long enough to come in many pieces, short enough to cost nothing. */
const QUESTION = 'Count from one to twenty, as words, separated by commas.'
const MAX_TOKENS = 96
const MANY_TOKENS = 8

/** A white square of 32 by 32 pixels, the smallest that vision encoders take. */
const SQUARE =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAJklEQVR42u3NMQ0AAAwDoPo33arYsQQMkB6LQCAQCAQCgUAg+BIMi1X0ptsIcT0AAAAASUVORK5CYII='

/** Throws BotError when the question gets no answer. */
export async function probeModel(model: Model): Promise<Finding[]> {
  let pieces = 0
  const completion = await model.answer(requestOf(model, { text: QUESTION }), () => {
    pieces += 1
  })
  return [checkThought(model, completion), checkStream(completion, pieces), ...(await checkVision(model))]
}

function requestOf(model: Model, user: ModelRequest['user']): ModelRequest {
  return {
    system: ['You are a helpful assistant.'],
    history: [],
    user,
    lang: 'en',
    workspace: '',
    session: 'doctor',
    // One that always thinks needs room for it.
    ...(model.profile.thinking === 'always' ? {} : { maxTokens: MAX_TOKENS }),
    signal: AbortSignal.timeout(60_000),
  }
}

function checkThought({ profile }: Model, { flags, ttftMs }: Completion): Finding {
  if (flags.includes('thought-stripped') && profile.thinking !== 'always')
    return bad(
      {
        en: 'The answer contains the model’s thoughts (</think>): thinking could not be switched off, and people wait for it',
        ko: '답변에 모델의 추론(</think>)이 섞여 와요. 추론이 꺼지지 않아 답변이 늦어져요',
      },
      parserRemedy(profile),
    )
  return ok({
    en: `A short question is answered; first word after ${Math.round(ttftMs)} ms`,
    ko: `짧은 질문에 답함. 첫 단어까지 ${Math.round(ttftMs)} ms`,
  })
}

function checkStream({ completionTokens, text }: Completion, pieces: number): Finding {
  if (pieces > 1 || (completionTokens ?? text.length) < MANY_TOKENS)
    return ok({ en: 'The answer is streamed', ko: '답변이 스트리밍됨' })
  return warn(
    {
      en: 'The answer came in one piece: something in between collects it',
      ko: '답변이 한꺼번에 왔어요. 중간에서 모아 보내는 것 같아요',
    },
    {
      en: 'Switch off buffering in the proxy (nginx: proxy_buffering off).',
      ko: '프록시의 버퍼링을 끄세요(nginx: proxy_buffering off).',
    },
  )
}

async function checkVision(model: Model): Promise<Finding[]> {
  if (!model.profile.vision) return []
  const images = [{ mime: 'image/png', base64: SQUARE }]
  try {
    await model.answer(requestOf(model, { text: 'Which colour is this?', images }), () => undefined)
    return [ok({ en: 'Pictures are seen', ko: '사진을 볼 수 있음' })]
  } catch (error) {
    if (!isBotError(error)) throw error
    return [
      bad(
        { en: `A picture was refused (${error.code})`, ko: `사진을 거부했어요(${error.code})` },
        {
          en: 'Start vLLM with --limit-mm-per-prompt \'{"image": 4}\', or set EXAONE_PROFILE to a family without pictures.',
          ko: 'vLLM을 --limit-mm-per-prompt \'{"image": 4}\' 로 시작하거나, EXAONE_PROFILE을 사진을 못 보는 계열로 바꾸세요.',
        },
      ),
    ]
  }
}
