/** Approves a trade whose result was unknown; it is checked against its original like any other trade. */

import type { VoucherEvent } from '../events.js'
import type { Settings } from '../settings.js'
import type { Trade } from '../trade.js'
import {
  appendEvent,
  bodyOf,
  changeOriginal,
  checkFollow,
  feeOf,
  loadBatch,
  rowOf,
} from './originals.js'
import type { VoucherRow } from './tables.js'
import type { Unit } from './unit.js'

/**
 * Records the approval, the fee, and the change of the original.
 *
 * @throws VoucherError `TRADE_REFUSED` if the original has changed in the meantime so that it no longer admits the trade
 */
export async function approve(
  unit: Unit,
  row: VoucherRow,
  { settings, by }: { readonly settings: Settings; readonly by: string },
): Promise<VoucherRow> {
  const body = await bodyOf(unit, row)
  const original = row.original_id === null ? undefined : await rowOf(unit, row.original_id)
  const fee = body === undefined ? null : feeOf(body.trade, settings, row.day, original)
  const batch = await loadBatch(unit, row)
  const event: VoucherEvent = {
    kind: 'resolve',
    result: 'approved',
    by,
    ...(fee === null ? {} : { feeFen: fee }),
    ...((batch?.settled_at ?? null) === null ? {} : { late: true }),
  }
  const approved = await appendEvent(unit, row, event)
  if (original === undefined || body === undefined) return approved
  const trade: Trade = { ...body.trade, result: 'approved' }
  const place = { trade, merchantNo: row.merchant, batch: row.batch }
  const change = await checkFollow(unit, place, original, settings)
  await changeOriginal(unit, { row: original, change }, { id: row.id, type: trade.type })
  return approved
}
