// Prometheus text of /metrics, with vLLM's names (docs/design/metrics.md) and only the series a client reads.

export interface MetricsInput {
  model: string
  running: number
  waiting: number
  cacheUse: number
  cacheQueries: number
  cacheHits: number
  promptTokens: number
  generationTokens: number
  success: Record<string, number>
  ttftSeconds: readonly number[]
}

export function renderMetrics(input: MetricsInput): string {
  const label = `model_name="${input.model}"`
  const line = (name: string, value: number, extra = '') => `vllm:${name}{${label}${extra}} ${value}`
  const ttft = input.ttftSeconds
  const bounds = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
  const buckets = bounds.map((le) =>
    line('time_to_first_token_seconds_bucket', ttft.filter((s) => s <= le).length, `,le="${le}"`),
  )
  return [
    '# TYPE vllm:num_requests_running gauge',
    line('num_requests_running', input.running),
    '# TYPE vllm:num_requests_waiting gauge',
    line('num_requests_waiting', input.waiting),
    '# TYPE vllm:kv_cache_usage_perc gauge',
    line('kv_cache_usage_perc', input.cacheUse),
    '# TYPE vllm:prefix_cache_queries_total counter',
    line('prefix_cache_queries_total', input.cacheQueries),
    '# TYPE vllm:prefix_cache_hits_total counter',
    line('prefix_cache_hits_total', input.cacheHits),
    '# TYPE vllm:prompt_tokens_total counter',
    line('prompt_tokens_total', input.promptTokens),
    '# TYPE vllm:generation_tokens_total counter',
    line('generation_tokens_total', input.generationTokens),
    '# TYPE vllm:request_success_total counter',
    ...Object.entries(input.success).map(([reason, n]) =>
      line('request_success_total', n, `,finished_reason="${reason}"`),
    ),
    '# TYPE vllm:time_to_first_token_seconds histogram',
    ...buckets,
    line('time_to_first_token_seconds_bucket', ttft.length, ',le="+Inf"'),
    line(
      'time_to_first_token_seconds_sum',
      ttft.reduce((a, b) => a + b, 0),
    ),
    line('time_to_first_token_seconds_count', ttft.length),
    '',
  ].join('\n')
}
