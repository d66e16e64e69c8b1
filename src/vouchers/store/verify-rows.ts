/** Checks whether the rows that searches use are those that result from the chains. */

import type { Kysely } from 'kysely'
import { isBytes } from '../../model/realms.js'
import { isSameHash } from '../chain.js'
import type { VoucherEvent } from '../events.js'
import type { ChainFault } from '../verification.js'
import { canonicalTrade } from './canonical.js'
import type { EntryRow, StoreTables, VoucherRow } from './tables.js'
import { contentHash, rowAfter, rowOfTrade, type TradeBody } from './voucher-row.js'

/** Rows in a page: few enough that a store of millions is read in little memory. */
export const PAGE = 500
export const MAX_FAULTS = 100

/** Compares the rows that searches use with rows made again from the chain. Both are read in the order of voucher ids. */
export async function verifyRows(db: Kysely<StoreTables>, faults: ChainFault[]): Promise<number> {
  let after = ''
  let count = 0
  for (;;) {
    const rows = await db
      .selectFrom('voucher')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const last = rows.length < PAGE ? undefined : (rows.at(-1) as VoucherRow).id
    const entries = await entriesBetween(db, after, last)
    compareRows(rows, entries, faults)
    count += rows.length
    if (last === undefined) return count
    after = last
  }
}

async function entriesBetween(
  db: Kysely<StoreTables>,
  after: string,
  last: string | undefined,
): Promise<readonly EntryRow[]> {
  const from = db.selectFrom('entry').selectAll().where('voucher_id', '>', after)
  const between = last === undefined ? from : from.where('voucher_id', '<=', last)
  return between.orderBy('voucher_id').orderBy('n').execute()
}

function compareRows(
  rows: readonly VoucherRow[],
  entries: readonly EntryRow[],
  faults: ChainFault[],
): void {
  const made = new Map<string, VoucherRow | undefined>()
  const removed = new Set<string>()
  for (const entry of entries) {
    const id = entry.voucher_id as string
    // A voucher that retention has removed lacks a row; the check of the chain makes sure that it was retention.
    if (entry.body === null) removed.add(id)
    else made.set(id, readableRow(made.get(id), entry, entry.body))
  }
  for (const row of rows) {
    const expected = made.get(row.id)
    if (removed.has(row.id)) {
      report(faults, indexFault(row.id, row.terminal, 'a voucher whose record was removed'))
    } else if (!made.has(row.id)) {
      report(faults, indexFault(row.id, row.terminal, 'no record in the chain'))
    } else if (expected !== undefined && !isSameRow(row, expected)) {
      const column = differingColumn(row, expected)
      report(faults, indexFault(row.id, row.terminal, `another ${column} than the chain`))
    }
    made.delete(row.id)
  }
  for (const [id, row] of made) {
    if (removed.has(id)) continue
    report(faults, indexFault(id, row?.terminal ?? '', 'no row, so searches do not find it'))
  }
}

/**
 * The row after an entry; undefined if the body was changed so that it cannot be read. The check of the chain reports such a body, so its
 * row is not compared.
 */
function readableRow(
  row: VoucherRow | undefined,
  entry: EntryRow,
  text: string,
): VoucherRow | undefined {
  try {
    return nextRow(row, entry, text)
  } catch {
    return undefined
  }
}

function nextRow(
  row: VoucherRow | undefined,
  entry: EntryRow,
  text: string,
): VoucherRow | undefined {
  const body = JSON.parse(text)
  if (entry.kind !== 'trade') {
    return row === undefined
      ? undefined
      : rowAfter(row, { ...body, kind: entry.kind } as VoucherEvent, entry.seq)
  }
  const { trade } = body as TradeBody
  return rowOfTrade(body, { content: contentHash(canonicalTrade(trade)), seq: entry.seq })
}

function indexFault(voucherId: string, chain: string, what: string): ChainFault {
  return { kind: 'index', chain, seq: 0, voucherId, message: `the search table has ${what}` }
}

function isSameRow(a: VoucherRow, b: VoucherRow): boolean {
  return differingColumn(a, b) === undefined
}

function differingColumn(a: VoucherRow, b: VoucherRow): string | undefined {
  return (Object.keys(b) as (keyof VoucherRow)[]).find((name) => {
    const [one, other] = [a[name], b[name]]
    return isBytes(one) && isBytes(other) ? !isSameHash(one, other) : one !== other
  })
}

export function report(faults: ChainFault[], fault: ChainFault): void {
  if (faults.length < MAX_FAULTS) faults.push(fault)
}
