/**
 * Makes the rows for searches and totals from the records that a copy takes, with the functions that made them in
 * the shop.
 */

import type { Transaction } from 'kysely'
import type { ChainRecord } from '../chain-record.js'
import type { VoucherEvent } from '../events.js'
import { canonicalTrade } from './canonical.js'
import { recordError } from './chain-records.js'
import { insertRows, targetOf } from './insert-rows.js'
import { storeOperator } from './operator-rows.js'
import { type BatchPlace, batchName, chainOf, type TerminalPlace } from './places.js'
import type { RowWriter } from './row-writer.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { VOUCHER_COLUMNS } from './tables.js'
import { putBatch, SHOP_CHAIN } from './unit.js'
import { contentHash, rowAfter, rowOfTrade, type TradeBody } from './voucher-row.js'

/** Statements for rows of vouchers; a row that exists is updated. */
const VOUCHERS = targetOf<VoucherRow>('voucher', VOUCHER_COLUMNS, {
  orUpdate: 'id',
})

/**
 * Writes the rows that `records` add or change.
 * @param records in the order of their chains; those whose body was removed change nothing
 */
export async function copyRows(
  trx: Transaction<StoreTables>,
  writer: RowWriter,
  records: readonly ChainRecord[],
): Promise<void> {
  const rows = await storedRows(trx, records)
  const changed = new Set<string>()
  const batches = new Map<string, BatchPlace & Closing>()
  for (const record of records) {
    if (record.body === null) continue
    const body = JSON.parse(record.body)
    if (record.kind === 'trade') {
      const row = tradeRow(body, record)
      rows.set(row.id, row)
      changed.add(row.id)
      const { merchant, terminal, epoch, batch } = row
      const name = batchName(row)
      batches.set(name, batches.get(name) ?? { merchant, terminal, epoch, batch, ...OPEN })
    } else if (record.voucherId !== null) {
      const row = rows.get(record.voucherId)
      if (row === undefined) await checkRemoved(trx, record)
      else {
        const event = { ...body, kind: record.kind } as VoucherEvent
        rows.set(row.id, rowAfter(row, event, record.seq))
        changed.add(row.id)
      }
    } else if (record.kind === 'settle') {
      const place = { ...placeOfChain(record.chain), batch: body.batch as string }
      const closing = { settled_at: record.recordedAt, settled_seq: record.seq }
      batches.set(batchName(place), { ...place, ...closing })
    } else if (record.kind === 'reset') await copyReset(trx, record.chain)
    else if (record.kind === 'setting' && record.chain === SHOP_CHAIN) {
      await copySettings(trx, body, record.recordedAt)
    } else if (record.kind === 'operator') await storeOperator(trx, body)
  }
  insertRows(
    writer,
    VOUCHERS,
    [...changed].map((id) => rows.get(id) as VoucherRow),
  )
  for (const batch of batches.values()) {
    // A trade that came late must not open its batch again.
    if (batch.settled_seq !== null || !(await isBatchThere(trx, batch))) {
      // Only the shop gives numbers, so the copy does not need the last one.
      putBatch(writer, { ...batch, last_number: 0 })
    }
  }
}

interface Closing {
  readonly settled_at: number | null
  readonly settled_seq: number | null
}

const OPEN: Closing = { settled_at: null, settled_seq: null }

function tradeRow(body: TradeBody, record: ChainRecord): VoucherRow {
  try {
    const content = contentHash(canonicalTrade(body.trade))
    return rowOfTrade(body, { content, seq: record.seq })
  } catch {
    throw recordError({ ...record, kind: 'changed', message: 'the body is not that of a trade' })
  }
}

/** Checks a record about a voucher without a row, which is right only if retention has removed the trade's body. */
async function checkRemoved(trx: Transaction<StoreTables>, record: ChainRecord): Promise<void> {
  const trade = await trx
    .selectFrom('entry')
    .select('body')
    .where('voucher_id', '=', record.voucherId)
    .where('kind', '=', 'trade')
    .executeTakeFirst()
  if (trade !== undefined && trade.body === null) return
  throw recordError({ ...record, kind: 'missing', message: 'its voucher is missing in the copy' })
}

async function storedRows(
  trx: Transaction<StoreTables>,
  records: readonly ChainRecord[],
): Promise<Map<string, VoucherRow>> {
  const made = new Set(
    records.filter(({ kind }) => kind === 'trade').map(({ voucherId }) => voucherId),
  )
  const ids = new Set(
    records.flatMap(({ voucherId }) =>
      voucherId === null || made.has(voucherId) ? [] : [voucherId],
    ),
  )
  if (ids.size === 0) return new Map()
  const rows = await trx
    .selectFrom('voucher')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function isBatchThere(trx: Transaction<StoreTables>, place: BatchPlace): Promise<boolean> {
  const row = await trx
    .selectFrom('batch')
    .select('batch')
    .where('merchant', '=', place.merchant)
    .where('terminal', '=', place.terminal)
    .where('epoch', '=', place.epoch)
    .where('batch', '=', place.batch)
    .executeTakeFirst()
  return row !== undefined
}

/** Reads the terminal from the name of its chain. A terminal's number never contains a slash, so the last slash separates it. */
function placeOfChain(chain: string): TerminalPlace {
  const [, name = chain, epoch = '0'] = /^(.*)#(\d+)$/.exec(chain) ?? []
  const stroke = name.lastIndexOf('/')
  return {
    merchant: name.slice(0, stroke),
    terminal: name.slice(stroke + 1),
    epoch: Number(epoch),
  }
}

async function copyReset(trx: Transaction<StoreTables>, chain: string): Promise<void> {
  const place = placeOfChain(chain)
  // A terminal that replaces another one begins its first chain, so its epoch stays 0.
  if (chainOf({ ...place, epoch: 0 }) === chain) return
  await trx
    .insertInto('terminal')
    .values(place)
    .onConflict((conflict) =>
      conflict.columns(['merchant', 'terminal']).doUpdateSet({ epoch: place.epoch }),
    )
    .execute()
}

interface SettingsBody {
  readonly by: string
  readonly scope: string
  readonly settings: Readonly<Record<string, unknown>>
}

async function copySettings(
  trx: Transaction<StoreTables>,
  { by, scope, settings }: SettingsBody,
  at: number,
): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const row = { value: JSON.stringify(value), changed_by: by, changed_at: at }
    await trx
      .insertInto('setting')
      .values({ scope, name, ...row })
      .onConflict((conflict) => conflict.columns(['scope', 'name']).doUpdateSet(row))
      .execute()
  }
}
