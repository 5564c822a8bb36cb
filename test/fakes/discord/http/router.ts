// The table of endpoints: how a path is found, and what each handler is given.

import type { Call, Json } from '../model.ts'
import type { Bucket } from './rate-limits.ts'
import type { SchemaRef } from './spec.ts'

export interface RequestContext {
  params: Record<string, string>
  query: URLSearchParams
  body: Json
  files: Call['files']
}

export interface Reply {
  status: number
  body?: unknown
}

export interface Endpoint {
  method: string
  /** template as in Discord's API description */
  path: string
  auth: 'bot' | 'none'
  request?: SchemaRef | ((body: Json, context: RequestContext) => SchemaRef)
  /** what Discord accepts beyond its schema, made to fit before the check */
  prepare?: (body: unknown) => unknown
  response?: SchemaRef
  bucket?: Bucket
  /** a second, hidden bucket when it returns one, e.g. for renames */
  extraBucket?: (context: RequestContext) => Bucket | null
  handle(context: RequestContext): Reply
}

export interface Match {
  endpoint: Endpoint
  params: Record<string, string>
}

export function createRouter(endpoints: Endpoint[]): (method: string, path: string) => Match | null {
  const table = new Map<string, { endpoint: Endpoint; segments: string[] }[]>()
  for (const endpoint of endpoints) {
    const segments = endpoint.path.split('/')
    const key = `${endpoint.method} ${segments.length}`
    table.set(key, [...(table.get(key) ?? []), { endpoint, segments }])
  }
  return (method, path) => {
    const parts = path.split('/')
    for (const { endpoint, segments } of table.get(`${method} ${parts.length}`) ?? []) {
      const params: Record<string, string> = {}
      const fits = segments.every((segment, i) => {
        if (!segment.startsWith('{')) return segment === parts[i]
        params[segment.slice(1, -1)] = parts[i]!
        return parts[i] !== ''
      })
      if (fits) return { endpoint, params }
    }
    return null
  }
}
