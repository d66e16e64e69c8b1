/** Reads every record in the order of its chain, and then every voucher with its events, a page at a time. */

import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { isBytes } from '../../model/realms.js'
import type { VerifyOptions } from '../archive.js'
import { type ChainHead, emptyHead, isSameHash } from '../chain.js'
import type { VoucherEvent } from '../events.js'
import type { Seal } from '../seal.js'
import {
  type ChainFault,
  NOT_SEEN_AFTER_SEAL,
  NOT_SEEN_WITHOUT_KEY,
  NOT_SEEN_WITHOUT_SEAL,
  type Verification,
} from '../verification.js'
import { canonicalTrade } from './canonical.js'
import { readableFault } from './chain-records.js'
import { orderFault } from './check-record.js'
import { verifyOperators } from './operator-rows.js'
import type { Positions } from './positions.js'
import { BODY_LOST, loadRemoved } from './retained.js'
import { checkSeal } from './seals.js'
import { verifySettings } from './settings-store.js'
import type { EntryRow, StoreTables, VoucherRow } from './tables.js'
import { type Closings, noteClosing, verifyClosings } from './verify-closings.js'
import { contentHash, rowAfter, rowOfTrade, type TradeBody } from './voucher-row.js'

const PAGE = 2000
const MAX_FAULTS = 100

export interface VerifyTask {
  /** A seal that somebody kept, or its first digits. */
  readonly given: string | Seal | undefined
  readonly onProgress: VerifyOptions['onProgress'] | undefined
}

export async function verifyStore(
  db: Kysely<StoreTables>,
  key: KeyObject | undefined,
  { given, onProgress }: VerifyTask,
): Promise<Verification> {
  const faults: ChainFault[] = []
  let read = 0
  const total = await countEntries(db)
  const onPage = (records: number) => {
    read += records
    onProgress?.(read, total)
  }
  const closings: Closings = { settled: new Map(), epochs: new Map() }
  const removed = await loadRemoved(db)
  const heads = await db.selectFrom('chain_head').selectAll().orderBy('chain').execute()
  let entries = 0
  for (const chain of await chainNames(db, heads)) {
    const head = heads.find((one) => one.chain === chain) ?? emptyHead(chain)
    entries += await verifyChain(db, key, head, { faults, closings, removed, onPage })
  }
  const vouchers = await verifyRows(db, faults)
  for (const fault of await verifySettings(db)) report(faults, fault)
  for (const fault of await verifyOperators(db)) report(faults, fault)
  for (const fault of await verifyClosings(db, closings)) report(faults, fault)
  const { seal, faults: unsealed } = await checkSeal(db, given)
  for (const fault of unsealed) report(faults, fault)
  return {
    ok: faults.length === 0,
    entries,
    vouchers,
    faults: faults.slice(0, MAX_FAULTS),
    heads: heads.map(({ chain, seq, hash }) => ({ chain, seq, hash: toHex(hash) })),
    ...(seal === undefined
      ? {}
      : { seal: { seal: seal.seal, at: seal.at, isGiven: given !== undefined } }),
    notSeen: [
      ...(key === undefined ? NOT_SEEN_WITHOUT_KEY : []),
      ...(given === undefined || seal === undefined ? NOT_SEEN_WITHOUT_SEAL : NOT_SEEN_AFTER_SEAL),
    ],
  }
}

/** Chains that have a head and chains that have records: a head may have been removed with the records left behind. */
async function chainNames(
  db: Kysely<StoreTables>,
  heads: readonly ChainHead[],
): Promise<readonly string[]> {
  const rows = await db.selectFrom('entry').select('chain').distinct().execute()
  return [...new Set([...heads, ...rows].map(({ chain }) => chain))].sort()
}

async function countEntries(db: Kysely<StoreTables>): Promise<number> {
  const { count } = await db
    .selectFrom('entry')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

interface ChainCheck {
  readonly faults: ChainFault[]
  readonly closings: Closings
  /** Bodies that retention says it has removed. */
  readonly removed: Positions
  readonly onPage: (records: number) => void
}

async function verifyChain(
  db: Kysely<StoreTables>,
  key: KeyObject | undefined,
  head: ChainHead,
  { faults, closings, removed, onPage }: ChainCheck,
): Promise<number> {
  let last = emptyHead(head.chain)
  let count = 0
  for (;;) {
    const page = await db
      .selectFrom('entry')
      .selectAll()
      .where('chain', '=', head.chain)
      .where('seq', '>', last.seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    for (const row of page) {
      const own = [readableFault(row, key), orderFault(row, last), removedFault(row, removed)]
      for (const fault of own) {
        if (fault !== undefined) report(faults, fault)
      }
      noteClosing(closings, row)
      last = { chain: head.chain, seq: row.seq, hash: row.hash }
    }
    count += page.length
    onPage(page.length)
    if (page.length < PAGE) break
  }
  if (last.seq !== head.seq || !isSameHash(last.hash, head.hash)) {
    report(faults, {
      kind: 'missing',
      chain: head.chain,
      seq: last.seq + 1,
      message: `the chain ends at ${last.seq}, but its head says ${head.seq}`,
    })
  }
  return count
}

/** A body that is gone must be one that retention has removed, or anybody could remove one. */
function removedFault({ chain, seq, body }: EntryRow, removed: Positions): ChainFault | undefined {
  if (body !== null || removed.has(chain, seq)) return undefined
  return { kind: 'changed', chain, seq, message: BODY_LOST }
}

/** Compares the rows that searches use with rows made again from the chain. Both are read in the order of voucher ids. */
async function verifyRows(db: Kysely<StoreTables>, faults: ChainFault[]): Promise<number> {
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
    // A voucher that retention has removed has no row; the chain has checked that it was retention.
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

/** A body that was changed may be no JSON any more, or lack a field. The chain has named it, so its row is not compared. */
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

function report(faults: ChainFault[], fault: ChainFault): void {
  if (faults.length < MAX_FAULTS) faults.push(fault)
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
