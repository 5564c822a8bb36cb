// Settings as a snapshot in memory, at most two seconds behind the database: route must not wait.
import { DISCORD_DM } from '../core/inbound.ts'
import {
  CHANNEL_SETTINGS,
  DEFAULT_SETTINGS,
  type SettingName,
  type Settings,
  settingsSchema,
} from '../core/settings.ts'
import type { Database } from './db.ts'

export interface SettingsStore {
  /** The settings that hold in a channel: its own over the workspace's over the defaults. */
  of(workspace: string, channel: string): Settings
  /** `channel` null = for the whole workspace. `value` null = back to the default. */
  set(workspace: string, channel: string | null, name: SettingName, value: unknown, by: string): Promise<void>
  /** No staff channel any more, unless it is another by now: then false. */
  unstaff(workspace: string, channel: string, by: string): Promise<boolean>
  /** Whether personal data is masked there. Direct messages of Discord belong to no server: one that wants it is enough. */
  isMasked(workspace: string): boolean
  /** Workspaces with a staff channel. */
  staffed(): { workspace: string; channel: string }[]
  /** Workspaces that keep things for so many days, by their own setting. */
  retentions(): { workspace: string; days: number }[]
  /** Reads again; cheap when nothing has changed. */
  refresh(): Promise<void>
}

interface Row {
  workspace: string
  scope: string
  name: string
  value: unknown
}

export function createSettingsStore(db: Database): SettingsStore {
  let rows = new Map<string, Partial<Settings>>()
  let stamp = ''
  const keyOf = (workspace: string, scope: string): string => `${workspace}\n${scope}`
  const refresh = async (): Promise<void> => {
    const found = await db.query<{ stamp: string }>(
      `select count(*)::text || coalesce(max(updated_at)::text, '') as stamp from settings`,
    )
    const now = found[0]?.stamp ?? ''
    if (now === stamp) return
    const fresh = new Map<string, Partial<Settings>>()
    for (const row of await db.query<Row>('select workspace, scope, name, value from settings')) {
      // A value that an older or newer version wrote and this one does not know falls back to the default.
      const parsed = settingsSchema.partial().safeParse({ [row.name]: row.value })
      if (!parsed.success) continue
      const key = keyOf(row.workspace, row.scope)
      fresh.set(key, { ...fresh.get(key), ...pick(parsed.data, row.name) })
    }
    rows = fresh
    stamp = now
  }
  return {
    of: (workspace, channel) => ({
      ...DEFAULT_SETTINGS,
      ...rows.get(keyOf(workspace, '')),
      ...rows.get(keyOf(workspace, channel)),
    }),
    async set(workspace, channel, name, value, by) {
      const scope = channel !== null && CHANNEL_SETTINGS.includes(name) ? channel : ''
      if (value === null && name !== 'staffChannel') {
        await db.query('delete from settings where workspace = $1 and scope = $2 and name = $3', [
          workspace,
          scope,
          name,
        ])
      } else {
        await db.query(
          `insert into settings (workspace, scope, name, value, updated_by) values ($1, $2, $3, $4::jsonb, $5)
           on conflict (workspace, scope, name) do update set value = excluded.value, updated_at = clock_timestamp(), updated_by = excluded.updated_by`,
          [workspace, scope, name, JSON.stringify(value), by],
        )
      }
      await refresh()
    },
    async unstaff(workspace, channel, by) {
      const unset = await db.query(
        `update settings set value = 'null', updated_at = clock_timestamp(), updated_by = $3
         where workspace = $1 and scope = '' and name = 'staffChannel' and value #>> '{}' = $2 returning workspace`,
        [workspace, channel, by],
      )
      await refresh()
      return unset.length > 0
    },
    isMasked: (workspace) =>
      workspace === DISCORD_DM
        ? [...rows].some(([key, { mask }]) => mask === 'on' && key.startsWith('discord:'))
        : rows.get(keyOf(workspace, ''))?.mask === 'on',
    staffed: () =>
      [...rows].flatMap(([key, { staffChannel }]) => {
        const [workspace = '', scope] = key.split('\n')
        return scope === '' && staffChannel ? { workspace, channel: staffChannel } : []
      }),
    retentions: () =>
      [...rows].flatMap(([key, { retention }]) => {
        const [workspace = '', scope] = key.split('\n')
        return scope === '' && retention ? { workspace, days: Number(retention) } : []
      }),
    refresh,
  }
}

/** Only the named setting: a partial parse also fills the others' defaults in. */
function pick(values: Partial<Settings>, name: string): Partial<Settings> {
  return { [name]: values[name as SettingName] }
}
