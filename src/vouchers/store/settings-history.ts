/** Settings over time: each change with who made it and when, and whether the settings that belong together still agree. */

import type { Kysely } from 'kysely'
import type { SettingChange } from '../settings.js'
import { checkAgreement, DEFAULT_SETTINGS, type Settings } from '../settings.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN } from './unit.js'

/** Loads all changes, oldest first; with `terminal` only those of that terminal. */
export async function loadSettingsHistory(
  db: Kysely<StoreTables>,
  terminal: string | undefined,
): Promise<readonly SettingChange[]> {
  const rows = await db
    .selectFrom('entry')
    .select(['recorded_at', 'body'])
    .where('chain', '=', SHOP_CHAIN)
    .where('kind', '=', 'setting')
    .orderBy('seq')
    .execute()
  return rows.flatMap(({ recorded_at, body }) => {
    if (body === null) return []
    const { by, scope, settings } = JSON.parse(body)
    if (terminal !== undefined && scope !== terminal) return []
    const at = new Date(recorded_at).toISOString()
    return [{ at, by, ...(scope === '' ? {} : { terminal: scope }), settings }]
  })
}

/**
 * Checks the settings that belong together, such as the number of copies and their names, as they hold after
 * `change`. It checks the terminal that the change is for, or if it is for the shop every terminal that has
 * settings.
 * @throws VoucherError `SETTING_INVALID`
 */
export async function checkChange(
  db: Kysely<StoreTables>,
  change: Partial<Settings>,
  scope: string,
): Promise<void> {
  const rows = await db.selectFrom('setting').select(['scope', 'name', 'value']).execute()
  const scopes = scope === '' ? new Set(['', ...rows.map((row) => row.scope)]) : [scope]
  const setIn = (where: string): Partial<Settings> => ({
    ...Object.fromEntries(
      rows.filter((row) => row.scope === where).map(({ name, value }) => [name, JSON.parse(value)]),
    ),
    ...(where === scope ? change : {}),
  })
  for (const one of scopes) {
    const own = one === '' ? {} : setIn(one)
    checkAgreement({ ...DEFAULT_SETTINGS, ...setIn(''), ...own }, one)
  }
}
