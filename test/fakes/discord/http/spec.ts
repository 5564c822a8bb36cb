// Checks bodies against Discord's published API description (npm `discord-api-spec`, Zod schemas generated from
// github.com/discord/discord-api-spec). Unknown fields are allowed, as Discord itself ignores them.
import type { FieldProblem } from './errors.ts'

interface SpecIssue {
  code: string
  path: (string | number)[]
  message: string
  errors?: SpecIssue[][]
}

interface SpecSchema {
  safeParse(value: unknown): { success: true } | { success: false; error: { issues: SpecIssue[] } }
}

// The package ships these schemas as untyped JavaScript; a widened specifier keeps the compiler from looking for types.
const schemas = (await import('discord-api-spec/zod' as string)) as Record<string, SpecSchema>

/** One schema name, a list of alternatives, or `[name]` in text form for an array of it, e.g. `MessageResponse[]`. */
export type SchemaRef = string | readonly string[]

function schemaOf(name: string): SpecSchema {
  const schema = schemas[`${name}Schema`]
  if (!schema) throw new Error(`discord-api-spec has no schema named ${name}`)
  return schema
}

function leaves(issue: SpecIssue, path: (string | number)[] = []): FieldProblem[] {
  const here = [...path, ...issue.path]
  if (issue.code !== 'invalid_union' || !issue.errors?.length) {
    return [{ path: here, code: issue.code.toUpperCase(), message: issue.message }]
  }
  // Of the alternatives, the one that got furthest explains best what was meant.
  const depth = (issues: SpecIssue[]) => Math.max(...issues.map((i) => i.path.length))
  const wrongKind = (issues: SpecIssue[]) => issues.some((i) => i.path.length === 1 && i.path[0] === 'type')
  const [best] = [...issue.errors].sort(
    (a, b) => Number(wrongKind(a)) - Number(wrongKind(b)) || depth(b) - depth(a) || a.length - b.length,
  )
  return (best ?? []).flatMap((inner) => leaves(inner, here))
}

function checkOne(name: string, value: unknown): FieldProblem[] {
  if (name.endsWith('[]')) {
    if (!Array.isArray(value)) return [{ path: [], code: 'LIST_TYPE_CONVERT', message: 'Expected a list' }]
    const schema = schemaOf(name.slice(0, -2))
    return value.flatMap((item, index) => {
      const result = schema.safeParse(item)
      return result.success ? [] : result.error.issues.flatMap((issue) => leaves(issue, [index]))
    })
  }
  const result = schemaOf(name).safeParse(value)
  return result.success ? [] : result.error.issues.flatMap((issue) => leaves(issue))
}

export function checkSpec(ref: SchemaRef, value: unknown): FieldProblem[] {
  if (typeof ref === 'string') return checkOne(ref, value)
  const tries = ref.map((name) => checkOne(name, value))
  return tries.find((problems) => problems.length === 0) ?? tries.sort((a, b) => a.length - b.length)[0] ?? []
}

export function describeProblems(problems: FieldProblem[]): string[] {
  return problems.map((p) => `${p.path.join('.') || '(body)'}: ${p.message} [${p.code}]`)
}
