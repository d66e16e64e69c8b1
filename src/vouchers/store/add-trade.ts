/** Adds one trade within a transaction: key, number, original, chain, row. */

import canonicalize from 'canonicalize'
import { v7 as uuid } from 'uuid'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { AddResult } from '../archive.js'
import { businessDay } from '../business-day.js'
import { VoucherError } from '../errors.js'
import type { ReadTrade } from '../read-trade.js'
import type { Settings } from '../settings.js'
import type { Trade } from '../trade.js'
import { insertVoucher } from './insert-voucher.js'
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
  const content = contentHash(canonicalize(trade) as string)
  const known = await knownTrade(unit, trade, content)
  if (known !== undefined) return known
  const warnings: Diagnostic[] = [...readWarnings]
  const merchantNo = trade.merchant?.no ?? settings.merchant?.no ?? ''
  const batch = await openBatch(unit, trade, merchantNo)
  const place = { merchantNo, batch: batch.batch }
  const voucher = trade.voucher ?? (await nextNumber(unit, batch))
  if (trade.voucher !== undefined) {
    const taken = await takenNumber(unit, { ...place, terminal: trade.terminal, voucher }, content)
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
  const { n } = await unit.append(chainOf(merchantNo, trade.terminal), {
    kind: 'trade',
    voucherId: id,
    body,
  })
  await insertVoucher(unit.trx, rowOfTrade(body, n, content))
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
  const row = await unit.trx
    .selectFrom('voucher')
    .selectAll()
    .where('key', '=', trade.key)
    .executeTakeFirst()
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
  place: {
    readonly merchantNo: string
    readonly terminal: string
    readonly batch: string
    readonly voucher: string
  },
  content: Uint8Array,
): Promise<AddResult | undefined> {
  const row = await unit.trx
    .selectFrom('voucher')
    .selectAll()
    .where('merchant', '=', place.merchantNo)
    .where('terminal', '=', place.terminal)
    .where('batch', '=', place.batch)
    .where('number', '=', place.voucher)
    .executeTakeFirst()
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

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
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
  const row = await unit.trx
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
  for (let number = batch.last_number + 1; number <= MAX_NUMBER; number++) {
    const text = String(number).padStart(6, '0')
    const taken = await unit.trx
      .selectFrom('voucher')
      .select('id')
      .where('merchant', '=', merchant)
      .where('terminal', '=', terminal)
      .where('batch', '=', batch.batch)
      .where('number', '=', text)
      .executeTakeFirst()
    if (taken !== undefined) continue
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
    const row = await unit.trx
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
