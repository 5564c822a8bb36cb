// The fake vLLM server as a process: prints one JSON line with its URL and runs until SIGTERM.
// `node test/fakes/vllm/main.ts --port 0 --model rehearsal --latency h100-8b --max-num-seqs 64`

import { parseArgs } from 'node:util'
import { latencyProfiles, startFakeVllm } from './index.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    model: { type: 'string', default: 'rehearsal' },
    latency: { type: 'string', default: 'test' },
    'max-num-seqs': { type: 'string', default: '256' },
    'max-model-len': { type: 'string', default: '32768' },
    'api-key': { type: 'string' },
    vision: { type: 'boolean', default: false },
  },
})

const latency = Object.entries(latencyProfiles).find(([name]) => name === values.latency)?.[1]
if (!latency) {
  throw new Error(`--latency ${values.latency}: expected one of ${Object.keys(latencyProfiles).join(', ')}`)
}

const vllm = await startFakeVllm({
  port: Number(values.port),
  model: values.model,
  latency,
  maxNumSeqs: Number(values['max-num-seqs']),
  maxModelLen: Number(values['max-model-len']),
  apiKey: values['api-key'],
  vision: values.vision,
})
console.log(JSON.stringify({ url: vllm.url, baseUrl: vllm.baseUrl, model: vllm.model }))

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    vllm[Symbol.asyncDispose]().then(() => process.exit(0), console.error)
  })
}
