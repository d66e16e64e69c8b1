/** Adds one trade within a transaction: key, number, original, chain, row. */

import type { Diagnostic } from '../../model/diagnostic.js'
import type { AddResult } from '../archive.js'
import { businessDay } from '../business-day.js'
import { isSameHash } from '../chain.js'
import { VoucherError } from '../errors.js'
import type { ReadTrade } from '../read-trade.js'
import type { Settings } from '../settings.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import { changeBatch, nextNumber, openBatch } from './batches.js'
import { canonicalTrade, canonicalTradeBody } from './canonical.js'
import { remember, voucherOfKey, voucherOfNumber } from './known-vouchers.js'
import { isLoaded, load } from './load-for-trade.js'
import { newId } from './new-id.js'
import { changeOriginal, type FoundOriginal, feeOf, findOriginal } from './originals.js'
import { batchName, chainOf, type KnownVoucher, terminalName } from './places.js'
import type { BatchTable } from './tables.js'
import type { Unit } from './unit.js'
import { contentHash, rowOfTrade, type TradeBody } from './voucher-row.js'

/** A trade on its way into the store. */
interface Draft extends ReadTrade {
  readonly settings: Settings
  readonly merchant: string
  /** Canonical JSON of the trade. */
  readonly text: string
  readonly content: Uint8Array
}

/** The batch and the number that a draft was given. */
interface Numbered {
  readonly batch: BatchTable
  readonly number: string
}

/**
 * Adds a trade, without a promise if everything that it needs was loaded before, because awaiting each trade of a long list costs more than
 * adding it.
 */
export function addTrade(
  unit: Unit,
  read: ReadTrade,
  settings: Settings,
): AddResult | Promise<AddResult> {
  const { trade } = read
  const merchant = merchantOf(trade, settings)
  const text = canonicalTrade(trade)
  const draft = { ...read, settings, merchant, text, content: contentHash(text) }
  if (isLoaded(unit, trade, merchant)) return addLoaded(unit, draft)
  return load(unit, trade, merchant).then(() => addLoaded(unit, draft))
}

/** The number of the merchant that a trade belongs to; empty if the shop has set none. */
export function merchantOf(trade: ReadTrade['trade'], settings: Settings): string {
  return trade.merchant?.no ?? settings.merchant?.no ?? ''
}

function addLoaded(unit: Unit, draft: Draft): AddResult | Promise<AddResult> {
  const { trade, merchant } = draft
  const { terminal } = trade
  const known = trade.key === undefined ? undefined : voucherOfKey(unit, trade.key)
  if (known !== undefined) return sameKey(known, draft)
  const place = {
    merchant,
    terminal,
    epoch: unit.terminals.epochs.get(terminalName({ merchant, terminal })) as number,
  }
  const batchNo = trade.batch ?? (openBatch(unit, place) as string)
  const batch = unit.terminals.batches.get(batchName({ ...place, batch: batchNo })) as BatchTable
  const number = trade.voucher ?? nextNumber(unit, batch)
  const taken =
    trade.voucher === undefined ? undefined : voucherOfNumber(unit, { ...batch, number })
  if (taken !== undefined) return sameNumber(taken, draft)
  if (!unit.terminals.storedBatches.has(batch)) changeBatch(unit, batch)
  if (TRADE_TYPE_RULES[trade.type].original === undefined) {
    return record(unit, draft, { batch, number })
  }
  return addFollower(unit, draft, { batch, number })
}

/** A trade that names an original, which is read here and locked by the transaction. */
async function addFollower(unit: Unit, draft: Draft, numbered: Numbered): Promise<AddResult> {
  const { trade, settings } = draft
  const warnings = [...draft.warnings]
  const place = { merchantNo: draft.merchant, batch: numbered.batch.batch }
  const original = await findOriginal(unit, trade, place, settings, warnings)
  const added = record(unit, { ...draft, warnings }, numbered, original)
  if (original !== undefined) {
    await changeOriginal(unit, original, { id: added.id, type: trade.type })
  }
  return added
}

function record(
  unit: Unit,
  draft: Draft,
  { batch, number }: Numbered,
  original?: FoundOriginal,
): AddResult {
  const { trade, settings, merchant, content } = draft
  const at = Date.parse(trade.at)
  const warnings = [...draft.warnings, ...orderWarnings(unit, trade.terminal, at)]
  const id = draft.id ?? newId(unit.now)
  const day = businessDay(at, settings.zone, settings.dayStarts)
  const fee = trade.result === 'approved' ? feeOf(trade, settings, day, original?.row) : null
  const rest: Omit<TradeBody, 'trade'> = {
    id,
    merchantNo: merchant,
    batch: batch.batch,
    voucher: number,
    businessDay: day,
    recordedAt: unit.now,
    ...(batch.epoch === 0 ? {} : { epoch: batch.epoch }),
    ...(fee === null ? {} : { feeFen: fee }),
    ...(batch.settled_at === null ? {} : { late: true as const }),
    ...(original === undefined ? {} : { originalId: original.row.id }),
    ...(warnings.length === 0 ? {} : { warnings }),
  }
  const seq = unit.link(chainOf(batch), {
    kind: 'trade',
    voucherId: id,
    text: canonicalTradeBody(rest, draft.text),
  })
  const row = rowOfTrade({ ...rest, trade }, { content, seq })
  unit.addVoucher(row)
  remember(unit, row)
  unit.terminals.lastAt.set(
    trade.terminal,
    Math.max(unit.terminals.lastAt.get(trade.terminal) ?? 0, at),
  )
  return {
    id,
    repeated: false,
    voucher: number,
    batch: batch.batch,
    businessDay: rest.businessDay,
    warnings,
  }
}

/** A key makes `add` repeatable: the same trade again is the same voucher. */
function sameKey(row: KnownVoucher, { content }: Draft): AddResult {
  if (isSameHash(row.content, content)) return repeated(row)
  throw new VoucherError('this key belongs to another trade', {
    code: 'KEY_CONFLICT',
    path: 'key',
    hint: 'give every trade a key that no other trade has, such as your own trade id',
  })
}

function sameNumber(row: KnownVoucher, { content }: Draft): AddResult {
  if (isSameHash(row.content, content)) return repeated(row)
  throw new VoucherError('this terminal and batch have another trade of this number', {
    code: 'NUMBER_TAKEN',
    path: 'voucher',
    hint: 'check the batch; a new batch begins after each settlement',
  })
}

function repeated(row: KnownVoucher): AddResult {
  return {
    id: row.id,
    repeated: true,
    voucher: row.number,
    batch: row.batch,
    businessDay: row.day,
    warnings: [],
  }
}

/** A clock that was set back must not stop the till, so a trade that is older than the last one is kept with a warning. */
function orderWarnings(unit: Unit, terminal: string, at: number): readonly Diagnostic[] {
  if (at >= (unit.terminals.lastAt.get(terminal) ?? 0)) return []
  return [
    {
      code: 'AT_BEFORE_LAST',
      severity: 'warning',
      path: 'at',
      message: 'this trade is older than the last one of its terminal',
      hint: 'check the clock of the terminal',
    },
  ]
}
