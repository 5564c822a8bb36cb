// Reads Web API arguments: form fields whose nested values are JSON strings, or a JSON body.
import { Refusal } from './refusal.ts'
import type { Block, Dict } from './shapes.ts'

export function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function stringArg(args: Dict, name: string): string | undefined {
  const value = args[name]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : String(value)
}

export function requiredArg(args: Dict, name: string, error = 'invalid_arguments'): string {
  const value = stringArg(args, name)
  if (value === undefined || value === '') {
    throw new Refusal(error, {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    })
  }
  return value
}

/** A nested value: already parsed in a JSON body, a JSON string in a form. */
export function jsonArg(args: Dict, name: string): unknown {
  const value = args[name]
  if (typeof value !== 'string') return value ?? undefined
  if (value === '') return undefined
  try {
    return JSON.parse(value)
  } catch (error) {
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] ${name} is not JSON: ${String(error)}`] },
    })
  }
}

export function dictArg(args: Dict, name: string): Dict | undefined {
  const value = jsonArg(args, name)
  if (value === undefined) return undefined
  if (!isDict(value)) throw new Refusal('invalid_arguments')
  return value
}

export function dictsArg(args: Dict, name: string): Dict[] | undefined {
  const value = jsonArg(args, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every(isDict)) throw new Refusal('invalid_arguments')
  return value
}

export function blocksArg(args: Dict, name = 'blocks'): Block[] | undefined {
  const value = jsonArg(args, name)
  if (value === undefined) return undefined
  // docs.slack.dev chat.postMessage: `invalid_blocks_format` = not an array of objects.
  if (!Array.isArray(value) || !value.every(isDict)) throw new Refusal('invalid_blocks_format')
  return value as Block[]
}

export function boolArg(args: Dict, name: string, fallback: boolean): boolean {
  const value = args[name]
  if (value === undefined || value === null || value === '') return fallback
  return value === true || value === 'true' || value === '1' || value === 1
}

export function numberArg(args: Dict, name: string, fallback: number): number {
  const value = Number(args[name] ?? fallback)
  return Number.isFinite(value) ? value : fallback
}
