/** Settings as rows: the newest value of each, for the shop or for one terminal. */

import type { Kysely } from 'kysely'
import { canonicalValue } from '../canonical-value.js'
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../settings.js'
import type { ChainFault } from '../verification.js'
import { checkChange } from './settings-history.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

/** Settings of the whole shop have an empty scope. */
const SHOP_SCOPE = ''

/** Loads the settings in force: those of the terminal override those of the shop, and these override the defaults. */
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
  await unit.loadHead(SHOP_CHAIN)
  await checkChange(unit.sql(), settings, scope)
  await unit.append(SHOP_CHAIN, { kind: 'setting', body: { by: by.by, scope, settings } })
  for (const [name, value] of Object.entries(settings)) {
    const row = { value: JSON.stringify(value), changed_by: by.by, changed_at: unit.now }
    await unit
      .sql()
      .insertInto('setting')
      .values({ scope, name, ...row })
      .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet(row))
      .execute()
  }
}

/** Compares the settings in force with the last values in the chain. */
export async function verifySettings(db: Kysely<StoreTables>): Promise<readonly ChainFault[]> {
  const entries = await db
    .selectFrom('entry')
    .select('body')
    .where('chain', '=', SHOP_CHAIN)
    .orderBy('seq')
    .execute()
  const expected = new Map<string, string>()
  for (const { body } of entries) {
    // A change whose body was removed cannot be compared.
    if (body === null) return []
    const { scope, settings } = settingBody(body)
    for (const [name, value] of Object.entries(settings)) {
      expected.set(`${scope} ${name}`, canonicalValue(value))
    }
  }
  const faults: ChainFault[] = []
  for (const { scope, name, value } of await db.selectFrom('setting').selectAll().execute()) {
    const place = `${scope} ${name}`
    if (expected.get(place) !== canonicalText(value)) faults.push(settingFault(name))
    expected.delete(place)
  }
  for (const place of expected.keys()) faults.push(settingFault(place.replace(/^.* /, '')))
  return faults
}

interface SettingBody {
  readonly scope: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** A body that can no longer be read as JSON counts as empty, because the check of the chain reports it. */
function settingBody(text: string): SettingBody {
  try {
    const { scope, settings = {} } = JSON.parse(text)
    return { scope, settings }
  } catch {
    return { scope: '', settings: {} }
  }
}

function settingFault(name: string): ChainFault {
  const message = `the setting ${name} is not the one that was recorded`
  return { kind: 'index', chain: SHOP_CHAIN, seq: 0, message }
}

/** Text that can no longer be read as JSON equals no value. */
function canonicalText(value: string): string | undefined {
  try {
    return canonicalValue(JSON.parse(value))
  } catch {
    return undefined
  }
}
