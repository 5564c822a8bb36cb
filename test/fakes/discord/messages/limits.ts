// Limits on bots' messages that the published schemas leave out or set wider.
import { type FieldProblem, formError } from '../http/errors.ts'
import type { Json } from '../model.ts'
import { COMPONENTS_V2 } from './payload.ts'

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const length = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0)

function embedProblems(embeds: Json[], problems: FieldProblem[]): void {
  let total = 0
  embeds.forEach((embed, i) => {
    const at = (path: (string | number)[], text: unknown, max: number) => {
      total += length(text)
      if (length(text) > max)
        problems.push({
          path: ['embeds', i, ...path],
          code: 'BASE_TYPE_MAX_LENGTH',
          message: `Must be ${max} or fewer in length.`,
        })
    }
    // Source: discord-api-docs resources/message.mdx "Embed Limits".
    at(['title'], embed.title, 256)
    at(['description'], embed.description, 4096)
    at(['footer', 'text'], (embed.footer as Json | undefined)?.text, 2048)
    at(['author', 'name'], (embed.author as Json | undefined)?.name, 256)
    list(embed.fields).forEach((field, n) => {
      at(['fields', n, 'name'], field.name, 256)
      at(['fields', n, 'value'], field.value, 1024)
    })
    if (list(embed.fields).length > 25)
      problems.push({
        path: ['embeds', i, 'fields'],
        code: 'BASE_TYPE_MAX_LENGTH',
        message: 'Must be 25 or fewer in length.',
      })
  })
  if (total > 6000)
    problems.push({
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: 'Embed size exceeds maximum size of 6000',
    })
}

function componentProblems(rows: Json[], v2: boolean, problems: FieldProblem[]): void {
  // Source: discord-api-docs components/reference.mdx: 5 rows (40 components in V2), 5 buttons a row, unique custom_id.
  if (!v2 && rows.length > 5)
    problems.push({
      path: ['components'],
      code: 'BASE_TYPE_BAD_LENGTH',
      message: 'Must be between 1 and 5 in length.',
    })
  const seen = new Set<unknown>()
  rows.forEach((row, r) => {
    const cells = list(row.components)
    if (row.type === 1 && (cells.length < 1 || cells.length > 5))
      problems.push({
        path: ['components', r, 'components'],
        code: 'BASE_TYPE_BAD_LENGTH',
        message: 'Must be between 1 and 5 in length.',
      })
    cells.forEach((cell, c) => {
      const path = ['components', r, 'components', c]
      if (cell.custom_id !== undefined && seen.has(cell.custom_id))
        problems.push({
          path: [...path, 'custom_id'],
          code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
          message: 'Component custom id cannot be duplicated',
        })
      if (cell.custom_id !== undefined) seen.add(cell.custom_id)
      if (cell.type !== 2) return
      const isLink = cell.style === 5
      if (isLink !== (cell.url !== undefined && cell.url !== null))
        problems.push({
          path,
          code: 'BUTTON_COMPONENT_INVALID',
          message: isLink ? 'A link button must have a url' : 'Only a link button may have a url',
        })
      if (!isLink && cell.style !== 6 && !cell.custom_id)
        problems.push({
          path: [...path, 'custom_id'],
          code: 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
          message: 'A custom id is required',
        })
      if (!cell.label && !cell.emoji && cell.style !== 6)
        problems.push({
          path: [...path, 'label'],
          code: 'BUTTON_COMPONENT_LABEL_REQUIRED',
          message: 'A label or an emoji is required',
        })
    })
  })
}

/** Throws 50035 for a message body (create or edit, any endpoint) that Discord would refuse. */
export function checkMessageLimits(body: Json): void {
  const problems: FieldProblem[] = []
  // Bots get 2000 characters although the schema says 4000 (resources/message.mdx "Create Message").
  if (length(body.content) > 2000)
    problems.push({
      path: ['content'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: 'Must be 2000 or fewer in length.',
    })
  embedProblems(list(body.embeds), problems)
  const v2 = typeof body.flags === 'number' && (body.flags & COMPONENTS_V2) !== 0
  componentProblems(list(body.components), v2, problems)
  // Source: components/reference.mdx "IS_COMPONENTS_V2": content, embeds and poll are disabled under the flag.
  if (v2 && (length(body.content) > 0 || list(body.embeds).length > 0))
    problems.push({
      path: ['content'],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: 'The message cannot have legacy fields with the IS_COMPONENTS_V2 flag',
    })
  if (typeof body.nonce === 'string' && body.nonce.length > 25)
    problems.push({
      path: ['nonce'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: 'Must be 25 or fewer in length.',
    })
  if (problems.length > 0) throw formError(problems)
}
