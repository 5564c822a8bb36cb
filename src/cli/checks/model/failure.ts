// A failure of the model client as a finding: which flag or setting to change.
import type { Config } from '../../../config.ts'
import type { BotError, Both } from '../../../core/error.ts'
import type { Profile } from '../../../llm/model.ts'
import { bad, type Finding, warn } from '../finding.ts'

export interface Scene {
  config: Config
  /** Null: the server did not say. */
  ids: readonly string[] | null
  profile: Profile
}

export function modelFailed(error: BotError, scene: Scene): Finding {
  const { config, ids, profile } = scene
  const server = config.EXAONE_BASE_URL
  switch (error.code) {
    case 'model-unreachable':
      if (ids !== null && ids.length === 0) return servesNone(server)
      return bad(
        { en: `No model server at ${server}`, ko: `${server}에 모델 서버가 없어요` },
        {
          en: 'Start it (vllm serve …) or correct EXAONE_BASE_URL. To look around without a GPU: npm run demo',
          ko: '서버를 시작하거나(vllm serve …) EXAONE_BASE_URL을 고치세요. GPU 없이 둘러보려면 npm run demo 를 실행하세요.',
        },
      )
    case 'model-unauthorized':
      return bad(
        { en: 'The model server refused the key', ko: '모델 서버가 키를 거부했어요' },
        {
          en: 'Set EXAONE_API_KEY to the server’s --api-key.',
          ko: 'EXAONE_API_KEY를 서버의 --api-key 값으로 바꾸세요.',
        },
      )
    case 'model-not-found':
      return notFound(config, ids ?? [])
    case 'model-overloaded':
      return warn(
        { en: 'The model server has no room at the moment', ko: '모델 서버에 지금 빈자리가 없어요' },
        {
          en: 'Questions wait in the queue; run the doctor again later.',
          ko: '질문은 대기열에서 기다려요. 나중에 다시 점검하세요.',
        },
      )
    case 'model-empty':
      return bad(
        {
          en: 'The answer is empty: everything arrives as reasoning although thinking is off',
          ko: '답변이 비어 있어요. 추론(thinking)을 껐는데도 모든 내용이 reasoning으로 와요',
        },
        parserRemedy(profile),
      )
    default:
      return bad(
        { en: `A short question failed (${error.code})`, ko: `짧은 질문에 답하지 못했어요(${error.code})` },
        { en: error.hint, ko: `모델 서버의 로그를 확인하세요. (${error.hint})` },
      )
  }
}

/** A router whose backends are not there. */
function servesNone(server: string): Finding {
  return bad(
    { en: `${server} answers, but serves no model`, ko: `${server}가 응답은 하지만 제공하는 모델이 없어요` },
    {
      en: 'Start the model servers behind it; until then questions wait.',
      ko: '그 뒤의 모델 서버를 시작하세요. 그때까지 질문은 대기열에서 기다려요.',
    },
  )
}

function notFound(config: Config, ids: readonly string[]): Finding {
  if (ids.length > 0)
    return bad(
      {
        en: `The server does not offer ${config.EXAONE_MODEL}`,
        ko: `서버에 ${config.EXAONE_MODEL} 모델이 없어요`,
      },
      {
        en: `Set EXAONE_MODEL to one of: ${ids.join(', ')}`,
        ko: `EXAONE_MODEL을 이 가운데 하나로 바꾸세요: ${ids.join(', ')}`,
      },
    )
  return bad(
    {
      en: `${config.EXAONE_BASE_URL} offers no model`,
      ko: `${config.EXAONE_BASE_URL}에서 모델을 찾을 수 없어요`,
    },
    { en: 'EXAONE_BASE_URL usually ends in /v1.', ko: 'EXAONE_BASE_URL은 보통 /v1로 끝나요.' },
  )
}

/** Which `--reasoning-parser` the family wants (facts of LG's READMEs and vllm#21718). */
export function parserRemedy({ reasoningParser, label }: Profile): Both {
  if (reasoningParser === null)
    return {
      en: `Start vLLM without --reasoning-parser: ${label} has none.`,
      ko: `vLLM에서 --reasoning-parser 를 빼세요. ${label}에는 없는 기능이에요.`,
    }
  return {
    en: `Start vLLM with --reasoning-parser ${reasoningParser}, the one for ${label} (deepseek_r1 cannot switch thinking off).`,
    ko: `vLLM을 ${label}에 맞는 --reasoning-parser ${reasoningParser} 로 시작하세요(deepseek_r1으로는 추론을 끌 수 없어요).`,
  }
}
