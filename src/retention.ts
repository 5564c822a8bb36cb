// What is too old goes: everywhere by the installation's limit, and sooner where a workspace says so.
import type { SettingsStore } from './store/settings.ts'

/** `workspace` null: in all of them. */
export type Purge = (days: number, workspace: string | null) => Promise<unknown>

export function createRetention(settings: Pick<SettingsStore, 'retentions'>, limitDays: number) {
  return (purge: Purge) => async (): Promise<void> => {
    await purge(limitDays, null)
    for (const { workspace, days } of settings.retentions())
      if (days < limitDays) await purge(days, workspace)
  }
}
