/** Settings as rows: the newest value of each, for the shop or for one terminal. */

import type { Kysely } from 'kysely'
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../settings.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

/** Settings of the whole shop have an empty scope. */
const SHOP_SCOPE = ''

/** Those of the terminal, over those of the shop, over the defaults. */
export async function loadSettings(
  db: Kysely<StoreTables>,
  terminal: string | undefined,
): Promise<Settings> {
  const scopes = terminal === undefined ? [SHOP_SCOPE] : [SHOP_SCOPE, terminal]
  const rows = await db
    .selectFrom('setting')
    .select(['name', 'value'])
    .where('scope', 'in', scopes)
    .orderBy('scope')
    .execute()
  const set = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)]))
  return { ...DEFAULT_SETTINGS, ...set }
}

export async function storeSettings(
  unit: Unit,
  change: unknown,
  by: { readonly by: string; readonly terminal?: string },
): Promise<void> {
  const settings = readSettings(change)
  const scope = by.terminal ?? SHOP_SCOPE
  await unit.append(SHOP_CHAIN, { kind: 'setting', body: { by: by.by, scope, settings } })
  for (const [name, value] of Object.entries(settings)) {
    const row = { value: JSON.stringify(value), changed_by: by.by, changed_at: unit.now }
    await unit.trx
      .insertInto('setting')
      .values({ scope, name, ...row })
      .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet(row))
      .execute()
  }
}
