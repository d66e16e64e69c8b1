/** Reads every record in the order of its chain, and then every voucher with its events, a page at a time. */

import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { VerifyOptions } from '../archive.js'
import { type ChainHead, emptyHead, isSameHash } from '../chain.js'
import type { Seal } from '../seal.js'
import {
  type ChainFault,
  NOT_SEEN_AFTER_SEAL,
  NOT_SEEN_WITHOUT_KEY,
  NOT_SEEN_WITHOUT_SEAL,
  type Verification,
} from '../verification.js'
import { readableFault } from './chain-records.js'
import { orderFault } from './check-record.js'
import { verifyOperators } from './operator-rows.js'
import type { Positions } from './positions.js'
import { BODY_LOST, loadRemoved } from './retained.js'
import { checkSeal } from './seals.js'
import { verifySettings } from './settings-store.js'
import type { EntryRow, StoreTables } from './tables.js'
import { type Closings, noteClosing, verifyClosings } from './verify-closings.js'
import { MAX_FAULTS, PAGE, report, verifyRows } from './verify-rows.js'

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
  const { vouchers, seal } = await verifyTables(db, { faults, closings, given })
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

interface TablesCheck extends Pick<VerifyTask, 'given'> {
  readonly faults: ChainFault[]
  /** The facts in the chains' records of settlements and resets. */
  readonly closings: Closings
}

async function verifyTables(
  db: Kysely<StoreTables>,
  { faults, closings, given }: TablesCheck,
): Promise<{ readonly vouchers: number; readonly seal: Seal | undefined }> {
  const vouchers = await verifyRows(db, faults)
  for (const fault of await verifySettings(db)) report(faults, fault)
  for (const fault of await verifyOperators(db)) report(faults, fault)
  for (const fault of await verifyClosings(db, closings)) report(faults, fault)
  const { seal, faults: unsealed } = await checkSeal(db, given)
  for (const fault of unsealed) report(faults, fault)
  return { vouchers, seal }
}

export interface CheckedRecords extends Pick<VerifyTask, 'given'> {
  readonly closings: Closings
  /** The last record of each chain. */
  readonly heads: ReadonlyMap<string, ChainHead>
}

/**
 * Compares the tables with the chains after a restore. The records were checked one by one before they were written, so this does not check
 * them again.
 */
export async function verifyFilled(
  db: Kysely<StoreTables>,
  { heads, closings, given }: CheckedRecords,
): Promise<{ readonly faults: readonly ChainFault[]; readonly vouchers: number }> {
  const faults: ChainFault[] = []
  const stored = await db.selectFrom('chain_head').selectAll().execute()
  for (const head of stored) {
    const { seq, hash } = heads.get(head.chain) ?? emptyHead(head.chain)
    if (seq === head.seq && isSameHash(hash, head.hash)) continue
    report(faults, headFault(head, seq))
  }
  const named = new Set(stored.map(({ chain }) => chain))
  for (const [chain, { seq }] of heads) {
    if (!named.has(chain)) report(faults, headFault(emptyHead(chain), seq))
  }
  const { vouchers } = await verifyTables(db, { faults, closings, given })
  return { faults, vouchers }
}

/** Names of the chains that have a head or records, because a head may have been removed while its records were left. */
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
    report(faults, headFault(head, last.seq))
  }
  return count
}

/** @param last position of the last record that is there */
function headFault({ chain, seq }: ChainHead, last: number): ChainFault {
  const message = `the chain ends at ${last}, but its head says ${seq}`
  return { kind: 'missing', chain, seq: last + 1, message }
}

/** The fault of a missing body that retention has not removed; without this check anybody could remove bodies. */
function removedFault({ chain, seq, body }: EntryRow, removed: Positions): ChainFault | undefined {
  if (body !== null || removed.has(chain, seq)) return undefined
  return { kind: 'changed', chain, seq, message: BODY_LOST }
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
