/**
 * Caches settings until one of them is changed, which the head of the shop's chain shows, because each change is a record of that chain.
 */

import { isSameHash } from '../chain.js'
import type { Settings } from '../settings.js'
import { loadSettings } from './settings-store.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

const NO_HEAD = new Uint8Array()

export class SettingsCache {
  /** The hash of the shop's head, because its position may come again after a transaction that was rolled back, and a hash cannot. */
  #head: Uint8Array = NO_HEAD
  readonly #byTerminal = new Map<string, Settings>()

  /** The settings of a terminal as this transaction sees them. */
  async of(unit: Unit, terminal: string): Promise<Settings> {
    const head = await shopHead(unit)
    if (!isSameHash(head, this.#head)) this.#byTerminal.clear()
    this.#head = head
    const known = this.#byTerminal.get(terminal)
    if (known !== undefined) return known
    const settings = await loadSettings(unit.sql(), terminal)
    this.#byTerminal.set(terminal, settings)
    return settings
  }
}

/** The hash of the shop's head. Trades only read the shop's chain, so they do not lock it in a store with several writers. */
async function shopHead(unit: Unit): Promise<Uint8Array> {
  if (!unit.locksRows) {
    await unit.loadHead(SHOP_CHAIN)
    return unit.headOf(SHOP_CHAIN).hash
  }
  const [head] = await unit.ask<{ readonly hash: Uint8Array }>(
    'shop-head',
    (db) => db.selectFrom('chain_head').select('hash').where('chain', '=', 'chain'),
    { chain: SHOP_CHAIN },
  )
  return head?.hash ?? NO_HEAD
}
