/** Settings that were read before, for as long as nobody has changed any: each change is a record of the shop's chain. */

import type { Settings } from '../settings.js'
import { loadSettings } from './settings-store.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

export class SettingsCache {
  #seq = -1
  readonly #byTerminal = new Map<string, Settings>()

  /** The settings of a terminal as this transaction sees them. */
  async of(unit: Unit, terminal: string): Promise<Settings> {
    const seq = await shopSeq(unit)
    if (seq !== this.#seq) this.#byTerminal.clear()
    this.#seq = seq
    const known = this.#byTerminal.get(terminal)
    if (known !== undefined) return known
    const settings = await loadSettings(unit.sql(), terminal)
    this.#byTerminal.set(terminal, settings)
    return settings
  }
}

/** Trades only look at the shop's chain, so they do not lock it where several may write. */
async function shopSeq(unit: Unit): Promise<number> {
  if (!unit.locksRows) {
    await unit.loadHead(SHOP_CHAIN)
    return unit.headOf(SHOP_CHAIN).seq
  }
  const [head] = await unit.ask<{ readonly seq: number }>(
    'shop-head',
    (db) => db.selectFrom('chain_head').select('seq').where('chain', '=', 'chain'),
    { chain: SHOP_CHAIN },
  )
  return head?.seq ?? 0
}
