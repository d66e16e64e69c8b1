/** What must be looked up before a trade can be added. */

import type { Trade } from '../trade.js'
import {
  batchName,
  knowsNextNumber,
  loadNextNumber,
  loadOpenBatch,
  loadOrBegin,
  openBatch,
} from './batches.js'
import { knowsKey, knowsNumber, loadKey, loadNumber } from './known-vouchers.js'
import { chainOf } from './originals.js'
import type { Unit } from './unit.js'

/** Whether the unit knows all that adding the trade needs, save its original. */
export function isLoaded(unit: Unit, trade: Trade, merchant: string): boolean {
  const { key, terminal, voucher } = trade
  if (key !== undefined && !knowsKey(unit, key)) return false
  if (!unit.lastAt.has(terminal) || !unit.knowsHead(chainOf(merchant, terminal))) return false
  const batchNo = trade.batch ?? openBatch(unit, { merchant, terminal })
  if (batchNo === undefined) return false
  const place = { merchant, terminal, batch: batchNo }
  const batch = unit.batches.get(batchName(place))
  if (batch === undefined) return false
  return voucher === undefined
    ? knowsNextNumber(unit, batch)
    : knowsNumber(unit, { ...place, number: voucher })
}

export async function load(unit: Unit, trade: Trade, merchant: string): Promise<void> {
  const { key, terminal, voucher } = trade
  await unit.loadHead(chainOf(merchant, terminal))
  // A trade that is known is not added, so the rest is not needed.
  if (key !== undefined && (await loadKey(unit, key)) !== undefined) return
  const terminalPlace = { merchant, terminal }
  const batchNo =
    trade.batch ?? openBatch(unit, terminalPlace) ?? (await loadOpenBatch(unit, terminalPlace))
  const batch = await loadOrBegin(unit, { ...terminalPlace, batch: batchNo })
  if (voucher === undefined) await loadNextNumber(unit, batch)
  else await loadNumber(unit, { ...terminalPlace, batch: batchNo, number: voucher })
  await loadLastAt(unit, terminal)
}

async function loadLastAt(unit: Unit, terminal: string): Promise<void> {
  if (unit.lastAt.has(terminal)) return
  const row = await unit
    .sql()
    .selectFrom('voucher')
    .select('at')
    .where('terminal', '=', terminal)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  unit.lastAt.set(terminal, row?.at ?? 0)
}
