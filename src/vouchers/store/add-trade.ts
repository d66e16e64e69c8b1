/** Adds one trade within a transaction: key, number, original, chain, row. */

import { v7 as uuid } from 'uuid'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { AddResult } from '../archive.js'
import { businessDay } from '../business-day.js'
import { VoucherError } from '../errors.js'
import type { ReadTrade } from '../read-trade.js'
import type { Settings } from '../settings.js'
import type { Trade } from '../trade.js'
import { canonicalTrade } from './canonical.js'
import {
  highestNumber,
  isSame,
  remember,
  type VoucherPlace,
  voucherOfKey,
  voucherOfNumber,
} from './known-vouchers.js'
import { chainOf, changeOriginal, findOriginal, loadBatch } from './originals.js'
import type { BatchTable, VoucherRow } from './tables.js'
import type { Unit } from './unit.js'
import { contentHash, rowOfTrade, type TradeBody } from './voucher-row.js'

const MAX_NUMBER = 999_999

export async function addTrade(
  unit: Unit,
  { trade, warnings: readWarnings }: ReadTrade,
  settings: Settings,
): Promise<AddResult> {
  const tradeText = canonicalTrade(trade)
  const content = contentHash(tradeText)
  const known = await knownTrade(unit, trade, content)
  if (known !== undefined) return known
  const warnings: Diagnostic[] = [...readWarnings]
  const merchantNo = trade.merchant?.no ?? settings.merchant?.no ?? ''
  const batch = await openBatch(unit, trade, merchantNo)
  const place = { merchantNo, batch: batch.batch }
  const voucher = trade.voucher ?? (await nextNumber(unit, batch))
  if (trade.voucher !== undefined) {
    const taken = await takenNumber(
      unit,
      { merchant: merchantNo, terminal: trade.terminal, batch: batch.batch, number: voucher },
      content,
    )
    if (taken !== undefined) return taken
  }
  const original = await findOriginal(unit, trade, place, settings, warnings)
  await warnIfEarlier(unit, trade, warnings)
  const id = uuid({ msecs: unit.now })
  const body: TradeBody = {
    id,
    trade,
    ...place,
    voucher,
    businessDay: businessDay(Date.parse(trade.at), settings.zone, settings.dayStarts),
    ...(original === undefined ? {} : { originalId: original.row.id }),
    ...(warnings.length === 0
      ? {}
      : { warnings: warnings.map(({ code, path }) => ({ code, path })) }),
  }
  const { trade: _, ...rest } = body
  await unit.append(chainOf(merchantNo, trade.terminal), {
    kind: 'trade',
    voucherId: id,
    body: rest,
    texts: { trade: tradeText },
  })
  const row = rowOfTrade(body, content)
  unit.addVoucher(row)
  remember(unit, row)
  unit.lastAt.set(
    trade.terminal,
    Math.max(unit.lastAt.get(trade.terminal) ?? 0, Date.parse(trade.at)),
  )
  if (original !== undefined) await changeOriginal(unit, original, { id, type: trade.type })
  return {
    id,
    repeated: false,
    voucher,
    batch: batch.batch,
    businessDay: body.businessDay,
    warnings,
  }
}

/** A key makes `add` repeatable: the same trade again is the same voucher. */
async function knownTrade(
  unit: Unit,
  trade: Trade,
  content: Uint8Array,
): Promise<AddResult | undefined> {
  if (trade.key === undefined) return undefined
  const row = await voucherOfKey(unit, trade.key)
  if (row === undefined) return undefined
  if (isSame(row.content, content)) return repeated(row)
  throw new VoucherError('this key belongs to another trade', {
    code: 'KEY_CONFLICT',
    path: 'key',
    hint: 'Give every trade a key that no other trade has, such as your own trade id.',
  })
}

async function takenNumber(
  unit: Unit,
  place: VoucherPlace,
  content: Uint8Array,
): Promise<AddResult | undefined> {
  const row = await voucherOfNumber(unit, place)
  if (row === undefined) return undefined
  if (isSame(row.content, content)) return repeated(row)
  throw new VoucherError('this terminal and batch have another trade of this number', {
    code: 'NUMBER_TAKEN',
    path: 'voucher',
    hint: 'Check the batch; a new batch begins after each settlement.',
  })
}

function repeated(row: VoucherRow): AddResult {
  return {
    id: row.id,
    repeated: true,
    voucher: row.number,
    batch: row.batch,
    businessDay: row.day,
    warnings: [],
  }
}

/** The batch that the terminal names, else the one that is open, else the next. */
async function openBatch(unit: Unit, trade: Trade, merchant: string): Promise<BatchTable> {
  const { terminal } = trade
  const named = trade.batch ?? (await currentBatch(unit, merchant, terminal))
  const place = { merchant, terminal, batch: named }
  const batch = (await loadBatch(unit, place)) ?? { ...place, last_number: 0, settled_at: null }
  unit.batches.set(`${merchant}/${terminal}/${named}`, batch)
  return batch
}

async function currentBatch(unit: Unit, merchant: string, terminal: string): Promise<string> {
  const open = [...unit.batches.values()].find(
    (batch) =>
      batch.merchant === merchant && batch.terminal === terminal && batch.settled_at === null,
  )
  if (open !== undefined) return open.batch
  const row = await (await unit.sql())
    .selectFrom('batch')
    .select(['batch', 'settled_at'])
    .where('merchant', '=', merchant)
    .where('terminal', '=', terminal)
    .orderBy('batch', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return '000001'
  if (row.settled_at === null) return row.batch
  return String((Number(row.batch) % MAX_NUMBER) + 1).padStart(6, '0')
}

/** The next number that no voucher of the batch has, because a terminal may number some of its trades itself. */
async function nextNumber(unit: Unit, batch: BatchTable): Promise<string> {
  const { merchant, terminal } = batch
  const highest = await highestNumber(unit, batch)
  for (let number = batch.last_number + 1; number <= MAX_NUMBER; number++) {
    const text = String(number).padStart(6, '0')
    const place = { merchant, terminal, batch: batch.batch, number: text }
    if (number <= highest && (await voucherOfNumber(unit, place)) !== undefined) continue
    batch.last_number = number
    return text
  }
  throw new VoucherError('this batch has no number left', {
    code: 'NUMBERS_EXHAUSTED',
    path: 'batch',
    hint: 'Settle the batch, so that the next one begins at 000001.',
  })
}

/** A clock that was set back must not stop the till, so such a trade is kept with a warning. */
async function warnIfEarlier(unit: Unit, trade: Trade, warnings: Diagnostic[]): Promise<void> {
  const { terminal } = trade
  if (!unit.lastAt.has(terminal)) {
    const row = await (await unit.sql())
      .selectFrom('voucher')
      .select('at')
      .where('terminal', '=', terminal)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst()
    unit.lastAt.set(terminal, row?.at ?? 0)
  }
  if (Date.parse(trade.at) >= (unit.lastAt.get(terminal) ?? 0)) return
  warnings.push({
    code: 'AT_BEFORE_LAST',
    severity: 'warning',
    path: 'at',
    message: 'this trade is older than the last one of its terminal',
    hint: 'Check the clock of the terminal.',
  })
}
