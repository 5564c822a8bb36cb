// From a request body to a message: embeds and components as Discord stores them, uploaded files, counted mentions.
import type { AttachmentRecord, Call, ChannelRecord, Json } from '../model.ts'
import type { World } from '../world.ts'

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

function withoutNulls(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null && v !== undefined))
}

export function toStoredEmbeds(raw: unknown): Json[] {
  return list(raw).map((embed) => ({
    ...withoutNulls(embed),
    type: 'rich',
    ...(Array.isArray(embed.fields)
      ? { fields: list(embed.fields).map((f) => ({ ...f, inline: f.inline === true })) }
      : {}),
    ...(typeof embed.timestamp === 'string' ? { timestamp: new Date(embed.timestamp).toISOString() } : {}),
  }))
}

/** Every component gets a numeric id unless it has one (discord-api-docs components/reference.mdx "Component ID"). */
export function toStoredComponents(raw: unknown): Json[] {
  let next = 1
  const store = (component: Json): Json => {
    const stored: Json = { ...withoutNulls(component), id: component.id || next++ }
    if (Array.isArray(component.components)) stored.components = list(component.components).map(store)
    if (typeof component.component === 'object' && component.component !== null)
      stored.component = store(component.component as Json)
    if (typeof component.accessory === 'object' && component.accessory !== null)
      stored.accessory = store(component.accessory as Json)
    return stored
  }
  return list(raw).map(store)
}

/** The text people read: content plus text displays (type 10) of Components V2. */
export function textOf(content: string, components: Json[]): string {
  const inner = (component: Json): string => {
    const own = component.type === 10 && typeof component.content === 'string' ? `\n${component.content}` : ''
    return own + list(component.components).map(inner).join('')
  }
  return content + components.map(inner).join('')
}

export interface Upload {
  name: string
  bytes: Uint8Array
  contentType?: string
  description?: string
}

export function storeFile(world: World, channel: ChannelRecord, upload: Upload): AttachmentRecord {
  const id = world.nextId()
  const path = `/attachments/${channel.id}/${id}/${encodeURIComponent(upload.name)}`
  const contentType = upload.contentType ?? 'application/octet-stream'
  world.files.set(path, { bytes: upload.bytes, contentType })
  return {
    id,
    filename: upload.name,
    size: upload.bytes.byteLength,
    contentType,
    path,
    description: upload.description ?? null,
  }
}

/** New files of the request plus, on edits, the attachments that its list keeps (resources/message.mdx "Edit Message"). */
export function toAttachments(
  world: World,
  channel: ChannelRecord,
  body: Json,
  files: Call['files'],
  existing: AttachmentRecord[] = [],
): AttachmentRecord[] {
  const described = list(body.attachments)
  const kept = Array.isArray(body.attachments)
    ? existing.filter((a) => described.some((d) => String(d.id) === a.id))
    : existing
  const added = files.map((file, index) => {
    const description = described.find((d) => String(d.id) === String(index))?.description
    return storeFile(world, channel, {
      ...file,
      ...(typeof description === 'string' ? { description } : {}),
    })
  })
  return [...kept, ...added]
}
