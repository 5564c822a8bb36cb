// A model that is configured in `.env` is the one that demo and playground speak to, and nothing else is taken from there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { answerJson, closeServer, listen } from '../fakes/http.ts'
import { readModelEnv } from './model-env.ts'
import { findModel, modelEnvOf } from './world.ts'

async function envFile(text: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-env-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writeFile(join(dir, '.env'), text)
  return join(dir, '.env')
}

test('the file is read as the app reads it, the environment counts more, and tokens stay where they are', async () => {
  const path = await envFile(
    'SLACK_BOT_TOKEN=xoxb-real\nEXAONE_BASE_URL="http://gpu:8000/v1"\nEXAONE_MODEL=from-file\nEXAONE_API_KEY=\n',
  )
  expect(readModelEnv({ EXAONE_MODEL: 'from-environment' }, path)).toEqual({
    EXAONE_BASE_URL: 'http://gpu:8000/v1',
    EXAONE_MODEL: 'from-environment',
  })
})

test('without a file the environment alone counts', () => {
  expect(readModelEnv({ EXAONE_BASE_URL: 'http://gpu:8000/v1' }, '/nowhere/.env')).toEqual({
    EXAONE_BASE_URL: 'http://gpu:8000/v1',
  })
})

test('of several models on the configured server the configured one answers', async () => {
  const { server, port } = await listen((_request, response) => {
    answerJson(response, 200, { data: [{ id: 'llama' }, { id: 'LGAI-EXAONE/EXAONE-4.0-32B' }] })
  })
  onTestFinished(() => closeServer(server))
  const configured = {
    EXAONE_BASE_URL: `http://127.0.0.1:${port}/v1`,
    EXAONE_MODEL: 'LGAI-EXAONE/EXAONE-4.0-32B',
    EXAONE_API_KEY: 'secret',
    EXAONE_PROFILE: 'exaone-4.0',
  }
  const found = await findModel(configured)
  expect(found).toEqual({ baseUrl: configured.EXAONE_BASE_URL, model: configured.EXAONE_MODEL })
  expect(modelEnvOf(found!, configured)).toEqual(configured)
})

test('the key of the configured server is not given to another that was found instead', () => {
  const configured = { EXAONE_BASE_URL: 'http://gpu:8000/v1', EXAONE_API_KEY: 'secret' }
  expect(modelEnvOf({ baseUrl: 'http://127.0.0.1:8000/v1', model: 'exaone' }, configured)).toEqual({
    EXAONE_BASE_URL: 'http://127.0.0.1:8000/v1',
    EXAONE_MODEL: 'exaone',
  })
})
