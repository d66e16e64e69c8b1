/** Finds the original that a trade names, and writes the changes that the trade makes to it. */

import type { Selectable } from 'kysely'
import type { Diagnostic } from '../../model/diagnostic.js'
import { VoucherError } from '../errors.js'
import type { VoucherEvent } from '../events.js'
import { tradeFee } from '../fees.js'
import { followOriginal, type OriginalChange, type OriginalFacts } from '../rules.js'
import type { Settings } from '../settings.js'
import type { Trade } from '../trade.js'
import { TRADE_TYPE_RULES, type TradeType } from '../trade-types.js'
import { type BatchPlace, batchName, chainOf } from './places.js'
import { type OriginalPlace, selectOriginal } from './select-original.js'
import type { BatchTable, EntryTable, VoucherRow } from './tables.js'
import type { Unit } from './unit.js'
import { rowAfter, type TradeBody } from './voucher-row.js'

export interface FoundOriginal {
  readonly row: VoucherRow
  /** Undefined for a trade that was not approved, because it does not change its original. */
  readonly change: OriginalChange | undefined
}

/**
 * Finds the original of `trade` and checks both by the rules. Returns undefined if the type of the trade does not refer to an original, or
 * if the shop's settings accept an original from elsewhere.
 * @throws VoucherError `ORIGINAL_UNKNOWN`, `VOUCHER_AMBIGUOUS`, `TRADE_REFUSED`
 */
export async function findOriginal(
  unit: Unit,
  trade: Trade,
  place: OriginalPlace,
  settings: Settings,
  warnings: Diagnostic[],
): Promise<FoundOriginal | undefined> {
  const rule = TRADE_TYPE_RULES[trade.type].original
  if (rule === undefined) return undefined
  const { zone } = settings
  const select = selectOriginal(unit.sql(), trade, place, { rule, zone })
  const rows = (await select?.execute()) ?? []
  const [first, other] = rows
  // After a reset the terminal's numbers begin again, so the newer trade is taken.
  if (other !== undefined && other.epoch === first?.epoch) throw ambiguous()
  const row = first === undefined ? undefined : await lockRow(unit, first)
  if (row === undefined) {
    acceptExternal(trade, settings, warnings)
    return undefined
  }
  if (trade.result !== 'approved') return { row, change: undefined }
  return { row, change: await checkFollow(unit, { trade, ...place }, row, settings) }
}

/** Checks a trade against its original by the rules. */
export async function checkFollow(
  unit: Unit,
  { trade, merchantNo, batch: batchNo }: OriginalPlace & { readonly trade: Trade },
  row: VoucherRow,
  settings: Settings,
): Promise<OriginalChange> {
  const batch = await loadBatch(unit, row)
  const body = await bodyOf(unit, row)
  const facts: OriginalFacts = {
    type: row.type as TradeType,
    kind: row.kind as Trade['kind'],
    merchant: row.merchant,
    terminal: row.terminal,
    batch: row.batch,
    pan: body?.trade.pan,
    state: row.state as OriginalFacts['state'],
    chargedFen: row.charged_fen,
    refundedFen: row.refunded_fen,
    settledAt: batch?.settled_at ?? null,
  }
  return followOriginal({ ...trade, batch: batchNo, merchantNo }, facts, settings)
}

/** Writes the changes that an approved trade makes to its original; voiding a completion opens its pre-authorisation again. */
export async function changeOriginal(
  unit: Unit,
  { row, change }: FoundOriginal,
  because: { readonly id: string; readonly type: TradeType },
): Promise<void> {
  if (change === undefined) return
  await appendEvent(unit, row, { kind: 'change', ...change, because: because.id })
  if (TRADE_TYPE_RULES[because.type].original?.effect !== 'reopens' || row.original_id === null)
    return
  const authorisation = await rowOf(unit, row.original_id)
  await appendEvent(unit, authorisation, {
    kind: 'change',
    state: 'open',
    chargedFen: authorisation.charged_fen,
    refundedFen: authorisation.refunded_fen,
    because: because.id,
  })
}

/** Returns the fee by the rates of the settings; for a trade that undoes another one, also by the fee of its original. */
export function feeOf(
  trade: Parameters<typeof tradeFee>[0],
  { fees }: Settings,
  day: string,
  original?: VoucherRow,
): number | null {
  return tradeFee(
    trade,
    fees,
    day,
    original === undefined
      ? undefined
      : {
          chargedFen: original.charged_fen,
          refundedFen: original.refunded_fen,
          feeFen: original.fee_fen,
        },
  )
}

/** Appends an event to the voucher's chain and brings its row up to date. */
export async function appendEvent(
  unit: Unit,
  row: VoucherRow,
  event: VoucherEvent,
): Promise<VoucherRow> {
  const { kind, ...body } = event
  const seq = await unit.append(chainOf(row), {
    kind,
    voucherId: row.id,
    body: { ...body, voucherId: row.id },
  })
  const after = rowAfter(row, event, seq)
  const { result, state, tip_fen, charged_fen, refunded_fen, fee_fen, printed, print_count } = after
  await unit
    .sql()
    .updateTable('voucher')
    .set({
      result,
      state,
      tip_fen,
      charged_fen,
      refunded_fen,
      fee_fen,
      printed,
      print_count,
      late_seq: after.late_seq,
    })
    .where('id', '=', row.id)
    .execute()
  return after
}

/**
 * Reads a voucher's row and locks its chain, so that the row stays as it is until the transaction ends.
 *
 * @throws VoucherError `VOUCHER_UNKNOWN`
 */
export async function rowOf(unit: Unit, id: string): Promise<VoucherRow> {
  const row = await selectRow(unit, id)
  if (row !== undefined) return lockRow(unit, row)
  throw new VoucherError('no voucher has this id', {
    code: 'VOUCHER_UNKNOWN',
    path: 'id',
    hint: 'look it up with find, by day, amount or number',
  })
}

async function selectRow(unit: Unit, id: string): Promise<VoucherRow | undefined> {
  return unit.sql().selectFrom('voucher').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * Locks the chain of a row that was found. In a store with several writers the row is then read again, because another transaction may have
 * changed it before the lock.
 */
async function lockRow(unit: Unit, row: VoucherRow): Promise<VoucherRow> {
  const chain = chainOf(row)
  if (unit.knowsHead(chain)) return row
  await unit.loadHead(chain)
  return unit.locksRows ? ((await selectRow(unit, row.id)) as VoucherRow) : row
}

/** The trade as it was recorded; undefined if retention has removed it. */
export async function bodyOf(
  unit: Unit,
  row: Pick<VoucherRow, 'id'>,
): Promise<TradeBody | undefined> {
  const entry: Pick<Selectable<EntryTable>, 'body'> | undefined = await unit
    .sql()
    .selectFrom('entry')
    .select('body')
    .where('voucher_id', '=', row.id)
    .where('kind', '=', 'trade')
    .orderBy('n')
    .limit(1)
    .executeTakeFirst()
  return entry?.body == null ? undefined : (JSON.parse(entry.body) as TradeBody)
}

export async function loadBatch(unit: Unit, place: BatchPlace): Promise<BatchTable | undefined> {
  const { merchant, terminal, epoch, batch } = place
  return (
    unit.terminals.batches.get(batchName(place)) ??
    (await unit
      .sql()
      .selectFrom('batch')
      .selectAll()
      .where('merchant', '=', merchant)
      .where('terminal', '=', terminal)
      .where('epoch', '=', epoch)
      .where('batch', '=', batch)
      .executeTakeFirst())
  )
}

/** Accepts a trade whose original was made elsewhere if a manager has approved it, because the bank has paid already. */
function acceptExternal(trade: Trade, settings: Settings, warnings: Diagnostic[]): void {
  const { approvedBy, reason } = trade
  if (settings.externalOriginals && approvedBy !== undefined && reason !== undefined) {
    warnings.push({
      code: 'ORIGINAL_EXTERNAL',
      severity: 'warning',
      path: 'original',
      message: 'the original is not in this store, so its amount and state could not be checked',
    })
    return
  }
  throw new VoucherError('the original is not in this store', {
    code: 'ORIGINAL_UNKNOWN',
    path: 'original',
    hint: settings.externalOriginals
      ? 'give approvedBy and reason to take it all the same'
      : 'give the id, the number with its batch, or the reference of the original',
  })
}

function ambiguous(): VoucherError {
  return new VoucherError('several vouchers fit the original', {
    code: 'VOUCHER_AMBIGUOUS',
    path: 'original',
    hint: 'give its id, or its number with batch and terminal',
  })
}
