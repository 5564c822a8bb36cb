// The model server: reachable, the id, the licence, the context, and one short question through the real client, which
// shows whether thinking, streaming and pictures behave.
import type { Config } from '../../../config.ts'
import { isBotError } from '../../../core/error.ts'
import { lightFetch } from '../../../light-fetch.ts'
import { createModel } from '../../../llm/client.ts'
import type { Model } from '../../../llm/model.ts'
import type { Io } from '../../io.ts'
import { type Finding, ok, warn } from '../finding.ts'
import { modelFailed } from './failure.ts'
import { probeModel } from './probe.ts'

/** A system prompt, a few passages and a conversation; less is cut all the time. */
const COMFORTABLE_TOKENS = 8_192
const TIMEOUT_MS = 5_000

export async function checkModel(config: Config, io: Io): Promise<Finding[]> {
  const model = createModel({
    baseUrl: config.EXAONE_BASE_URL,
    apiKey: config.EXAONE_API_KEY,
    model: config.EXAONE_MODEL,
    profile: config.EXAONE_PROFILE,
    deadlines: { connectMs: TIMEOUT_MS, totalMs: 60_000 },
    fetch: lightFetch,
    clock: io.clock,
  })
  const info = await model.info()
  const ids = await offeredIds(config)
  if (!info.ok) return [modelFailed(info.error, { config, ids, profile: model.profile })]
  return [
    checkId(config, info.id, ids ?? []),
    checkProfile(model, config),
    checkLicence(model),
    checkContext(info.maxModelLen),
    ...(await probe(model, config, ids)),
  ]
}

async function probe(model: Model, config: Config, ids: readonly string[] | null): Promise<Finding[]> {
  try {
    return await probeModel(model)
  } catch (error) {
    if (!isBotError(error)) throw error
    return [modelFailed(error, { config, ids, profile: model.profile })]
  }
}

/** Null when the server has no list; why not is told by the client. */
async function offeredIds({ EXAONE_BASE_URL, EXAONE_API_KEY }: Config): Promise<string[] | null> {
  try {
    const response = await fetch(`${EXAONE_BASE_URL.replace(/\/$/, '')}/models`, {
      headers: EXAONE_API_KEY ? { authorization: `Bearer ${EXAONE_API_KEY}` } : {},
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { data } = (await response.json()) as { data?: { id?: unknown }[] }
    return data?.map(({ id }) => String(id)) ?? null
  } catch {
    return null
  }
}

function checkId(config: Config, id: string, ids: readonly string[]): Finding {
  if (config.EXAONE_MODEL || ids.length <= 1)
    return ok({ en: `${id} at ${config.EXAONE_BASE_URL}`, ko: `${config.EXAONE_BASE_URL}의 ${id}` })
  return warn(
    {
      en: `The server offers ${ids.join(', ')}; the first one is used (${id})`,
      ko: `서버에 모델이 여러 개 있어요(${ids.join(', ')}). 첫 번째 모델을 써요: ${id}`,
    },
    { en: 'Set EXAONE_MODEL to the one you mean.', ko: 'EXAONE_MODEL에 쓸 모델을 적으세요.' },
  )
}

function checkProfile({ profile, id }: Model, config: Config): Finding {
  const remedy = { en: 'Set EXAONE_PROFILE to its family.', ko: 'EXAONE_PROFILE에 모델 계열을 적으세요.' }
  if (profile.rehearsal)
    return warn(
      { en: 'This is the rehearsal model, not EXAONE', ko: '리허설 모델이에요. EXAONE이 아니에요' },
      { en: 'Point EXAONE_BASE_URL to a vLLM server.', ko: 'EXAONE_BASE_URL을 vLLM 서버로 바꾸세요.' },
    )
  if (profile.family === 'plain' && !config.EXAONE_PROFILE)
    return warn(
      {
        en: `${id} does not look like an EXAONE: plain sampling is used`,
        ko: `EXAONE이 아닌 것 같아서 일반 설정을 써요(${id})`,
      },
      remedy,
    )
  if (!config.EXAONE_PROFILE && !/\d/.test(id) && profile.family === 'exaone-4.0')
    return warn(
      {
        en: `The id does not say which EXAONE it is: taken for ${profile.label}`,
        ko: `ID만으로는 어떤 EXAONE인지 알 수 없어서 ${profile.label} 설정을 써요`,
      },
      remedy,
    )
  return ok({ en: `Profile: ${profile.label}`, ko: `프로필: ${profile.label}` })
}

function checkLicence({ profile: { licence, label } }: Model): Finding {
  const { name, commercial, note } = licence
  if (commercial === 'yes')
    return ok({ en: `Licence: ${name}, commercial use allowed`, ko: `라이선스: ${name}, 상업적 이용 가능` })
  if (commercial === 'no')
    return warn(
      {
        en: `Licence: ${name}: ${label} and what it writes may not be used commercially, also not for a company's customers`,
        ko: `라이선스: ${name}. ${label} 모델과 그 답변은 상업적으로 쓸 수 없어요. 회사의 고객 응대도 마찬가지예요`,
      },
      {
        en: 'For a company: K-EXAONE 2.0 (Apache-2.0), a hosted API with commercial terms, or a licence from LG AI Research (contact_us@lgresearch.ai).',
        ko: '회사에서 쓰려면 K-EXAONE 2.0(Apache-2.0)이나 상업용 호스팅 API를 쓰거나, LG AI연구원에서 라이선스를 받으세요(contact_us@lgresearch.ai).',
      },
    )
  if (commercial === 'ask')
    return warn(
      {
        en: `Licence: ${name}. ${note}`,
        ko: `라이선스: ${name}. 자체 이용은 되지만 제3자에게 모델을 제공하려면 계약이 필요해요`,
      },
      {
        en: 'Ask your counsel before you answer customers with it.',
        ko: '고객 응대에 쓰기 전에 법무 검토를 받으세요.',
      },
    )
  return warn(
    { en: 'Licence: unknown to the bot', ko: '라이선스: 알 수 없음' },
    { en: 'Read the model’s own licence.', ko: '모델의 라이선스를 확인하세요.' },
  )
}

function checkContext(tokens: number): Finding {
  const says = {
    en: `Context: ${tokens.toLocaleString('en')} tokens`,
    ko: `컨텍스트 길이: ${tokens.toLocaleString('en')}토큰`,
  }
  if (tokens >= COMFORTABLE_TOKENS) return ok(says)
  return warn(
    {
      en: `${says.en}: long conversations lose their beginning`,
      ko: `${says.ko}. 대화가 길어지면 앞부분이 잘려요`,
    },
    {
      en: `vllm serve … --max-model-len ${COMFORTABLE_TOKENS} or more`,
      ko: `vllm serve 에 --max-model-len ${COMFORTABLE_TOKENS} 이상을 주세요.`,
    },
  )
}
