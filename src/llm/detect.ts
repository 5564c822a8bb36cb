// Finds a model server on this machine for the demo, the playground and the doctor: first in the list that answers wins.

export interface Candidate {
  baseUrl: string
  apiKey?: string
  /** Only ids that contain this count. */
  idContains?: string
  /** Chosen where the server offers it, else its first. */
  model?: string
  /** By default that of all. */
  timeoutMs?: number
}

/** What somebody has configured may be far away; what only might be there is on this machine. */
const CONFIGURED_TIMEOUT_MS = 3_000

export interface Endpoint {
  baseUrl: string
  model: string
}

/** EXAONE_BASE_URL if set, then the default ports of vLLM, llama-server and Ollama (which may hold any model). */
export function defaultCandidates({
  baseUrl,
  apiKey,
  model,
}: {
  baseUrl?: string
  apiKey?: string
  model?: string
} = {}): Candidate[] {
  const own = baseUrl ? [{ baseUrl, apiKey, model, timeoutMs: CONFIGURED_TIMEOUT_MS }] : []
  return [
    ...own,
    { baseUrl: 'http://127.0.0.1:8000/v1', model },
    { baseUrl: 'http://127.0.0.1:8080/v1', model },
    { baseUrl: 'http://127.0.0.1:11434/v1', model, idContains: 'exaone' },
  ]
}

/** Asks all at once, so that it takes no longer than the slowest one. */
export async function detectEndpoint(
  candidates: readonly Candidate[],
  timeoutMs = 300,
): Promise<Endpoint | null> {
  const found = await Promise.all(
    candidates.map((candidate) => askCandidate(candidate, candidate.timeoutMs ?? timeoutMs)),
  )
  return found.find((endpoint) => endpoint !== null) ?? null
}

async function askCandidate(candidate: Candidate, timeoutMs: number): Promise<Endpoint | null> {
  const headers = candidate.apiKey ? { authorization: `Bearer ${candidate.apiKey}` } : undefined
  try {
    const response = await fetch(`${candidate.baseUrl.replace(/\/$/, '')}/models`, {
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) return null
    const ids = modelIds(await response.json())
    const model =
      ids.find((id) => id === candidate.model) ??
      ids.find((id) => id.toLowerCase().includes(candidate.idContains ?? ''))
    return model ? { baseUrl: candidate.baseUrl, model } : null
  } catch (error) {
    // Nobody there, or something that does not speak JSON: both mean "not a model server".
    if (error instanceof Error) return null
    throw error
  }
}

function modelIds(body: unknown): string[] {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  if (!Array.isArray(data)) return []
  return data.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? [item.id] : [],
  )
}
