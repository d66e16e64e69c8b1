/** Loads what must be known before a trade can be added, with one query if that is possible. */

import { type Kysely, sql } from 'kysely'
import { emptyHead } from '../chain.js'
import type { Trade } from '../trade.js'
import {
  knowsNextNumber,
  loadNextNumber,
  loadOpenBatch,
  loadOrBegin,
  noteLastBatch,
  openBatch,
} from './batches.js'
import { loadEpoch } from './epochs.js'
import { knowsKey, knowsNumber, loadKey, loadNumber } from './known-vouchers.js'
import {
  batchName,
  chainOf,
  type KnownVoucher,
  placeName,
  type TerminalPlace,
  terminalName,
} from './places.js'
import type { BatchTable, StoreTables } from './tables.js'
import type { Unit } from './unit.js'

/** Whether the unit knows everything that adding the trade needs, except its original. */
export function isLoaded(unit: Unit, trade: Trade, merchant: string): boolean {
  const { key, voucher } = trade
  if (!unit.trustsIndexes && key !== undefined && !knowsKey(unit, key)) return false
  const batch = knownBatch(unit, trade, merchant)
  if (batch === undefined) return false
  if (unit.trustsIndexes && voucher !== undefined) return true
  return voucher === undefined
    ? knowsNextNumber(unit, batch)
    : knowsNumber(unit, { ...batch, number: voucher })
}

/** The batch that a trade goes into; undefined if more than the trade's key and number must still be loaded. */
function knownBatch(unit: Unit, trade: Trade, merchant: string): BatchTable | undefined {
  const { terminal } = trade
  const epoch = unit.terminals.epochs.get(terminalName({ merchant, terminal }))
  if (epoch === undefined || !unit.terminals.lastAt.has(terminal)) return undefined
  const place = { merchant, terminal, epoch }
  if (!unit.knowsHead(chainOf(place))) return undefined
  const batch = trade.batch ?? openBatch(unit, place)
  return batch === undefined
    ? undefined
    : unit.terminals.batches.get(batchName({ ...place, batch }))
}

export async function load(unit: Unit, trade: Trade, merchant: string): Promise<void> {
  const { key, terminal, voucher } = trade
  if (unit.locksRows) {
    // The chain is locked first, so that a transaction that had to wait reads what the other one has written.
    const epoch = await loadEpoch(unit, { merchant, terminal })
    await unit.loadHead(chainOf({ merchant, terminal, epoch }))
  }
  const known = knownBatch(unit, trade, merchant)
  if (known === undefined) await loadAtOnce(unit, trade, merchant)
  // A trade whose key is known is not added, so the rest is not needed.
  if (key !== undefined && (await loadKey(unit, key)) !== undefined) return
  const epoch = await loadEpoch(unit, { merchant, terminal })
  const terminalPlace = { merchant, terminal, epoch }
  const batchNo =
    trade.batch ?? openBatch(unit, terminalPlace) ?? (await loadOpenBatch(unit, terminalPlace))
  const batch = await loadOrBegin(unit, { ...terminalPlace, batch: batchNo })
  if (voucher === undefined) await loadNextNumber(unit, batch)
  else await loadNumber(unit, { ...terminalPlace, batch: batchNo, number: voucher })
  await loadLastAt(unit, terminal)
  await unit.loadHead(chainOf(terminalPlace))
}

/** The row of `selectAtOnce`, with null for everything that does not exist. */
interface AtOnce {
  readonly epoch: number | null
  readonly last_at: number | null
  readonly seq: number | null
  readonly hash: Uint8Array | null
  readonly batch: string | null
  readonly last_number: number | null
  readonly settled_at: number | null
  readonly settled_seq: number | null
  readonly highest: string | null
  readonly k_id: string | null
  readonly k_content: Uint8Array | null
  readonly k_number: string | null
  readonly k_batch: string | null
  readonly k_day: string | null
  readonly v_id: string | null
  readonly v_content: Uint8Array | null
  readonly v_day: string | null
}

/**
 * The fields that a trade gives: its batch, its number and its key. The vouchers of a given number and of a given key are looked up too.
 */
interface Shape {
  readonly batch: boolean
  readonly number: boolean
  readonly key: boolean
}

/** Reads what a trade needs with one query; anything that this leaves open is read step by step afterwards. */
async function loadAtOnce(unit: Unit, trade: Trade, merchant: string): Promise<void> {
  const { key, terminal, batch, voucher } = trade
  const shape = {
    batch: batch !== undefined,
    number: voucher !== undefined,
    key: key !== undefined,
  }
  const chain = chainOf({ merchant, terminal, epoch: 0 })
  const [row] = await unit.ask<AtOnce>(
    `add-${shape.batch}-${shape.number}-${shape.key}`,
    (db) => selectAtOnce(db, shape),
    { merchant, terminal, batch, number: voucher, key, chain },
  )
  if (row === undefined) return
  const epoch = row.epoch ?? 0
  const place = { merchant, terminal, epoch }
  unit.terminals.epochs.set(terminalName(place), epoch)
  setNew(unit.terminals.lastAt, terminal, row.last_at ?? 0)
  const own = chainOf(place)
  unit.setHead(
    row.seq === null ? emptyHead(own) : { chain: own, seq: row.seq, hash: row.hash as Uint8Array },
  )
  if (key !== undefined) setNew(unit.knownKeys, key, keyOf(row))
  const stored = batchOf(row, place)
  if (batch === undefined) noteLastBatch(unit, place, stored)
  const batchNo = batch ?? stored?.batch
  if (stored !== undefined && !unit.terminals.batches.has(batchName(stored))) {
    unit.terminals.batches.set(batchName(stored), stored)
    unit.terminals.storedBatches.add(stored)
  }
  if (batchNo === undefined) return
  const numbered = { ...place, batch: batchNo }
  if (voucher === undefined)
    setNew(unit.terminals.highest, batchName(numbered), Number(row.highest ?? 0))
  else {
    const full = { ...numbered, number: voucher }
    setNew(unit.known, placeName(full), numberOf(row, full))
  }
}

/**
 * An id that belongs to no voucher, which the index of ids shows at once; for a condition that is never true SQLite would read every row.
 */
const NO_ID = sql.lit('')

/** Joins every table to a constant row, so that a row is returned even if no table has a match. */
export function selectAtOnce(db: Kysely<StoreTables>, { batch, number, key }: Shape) {
  const epoch = sql<number>`coalesce(t.epoch, 0)`
  const lastBatch = sql<string>`(select max(l.batch) from batch as l
    where l.merchant = ${'merchant'} and l.terminal = ${'terminal'} and l.epoch = ${epoch})`
  const batchNo = batch ? sql<string>`cast(${'batch'} as text)` : lastBatch
  const ownNumber = sql<string>`cast(${'number'} as text)`
  return db
    .selectFrom(sql<{ readonly one: number }>`(select 1 as one)`.as('o'))
    .leftJoin('terminal as t', (join) =>
      join.on('t.merchant', '=', 'merchant').on('t.terminal', '=', 'terminal'),
    )
    .leftJoin('chain_head as h', (join) =>
      join.on(
        'h.chain',
        '=',
        sql<string>`cast(${'chain'} as text) || case when t.epoch is null then '' else '#' || t.epoch end`,
      ),
    )
    .leftJoin('batch as b', (join) =>
      join
        .on('b.merchant', '=', 'merchant')
        .on('b.terminal', '=', 'terminal')
        .on('b.epoch', '=', epoch)
        .on('b.batch', '=', batchNo),
    )
    .leftJoin('voucher as k', (join) =>
      key ? join.on('k.key', '=', 'key') : join.on('k.id', '=', NO_ID),
    )
    .leftJoin('voucher as v', (join) =>
      number
        ? join
            .on('v.merchant', '=', 'merchant')
            .on('v.terminal', '=', 'terminal')
            .on('v.epoch', '=', epoch)
            .on('v.batch', '=', batch ? batchNo : sql.ref('b.batch'))
            .on('v.number', '=', ownNumber)
        : join.on('v.id', '=', NO_ID),
    )
    .select([
      't.epoch',
      'h.seq',
      'h.hash',
      'b.batch',
      'b.last_number',
      'b.settled_at',
      'b.settled_seq',
      'k.id as k_id',
      'k.content as k_content',
      'k.number as k_number',
      'k.batch as k_batch',
      'k.day as k_day',
      'v.id as v_id',
      'v.content as v_content',
      'v.day as v_day',
    ])
    .select(({ selectFrom }) => [
      selectFrom('voucher as a')
        .select('a.at')
        .where('a.terminal', '=', 'terminal')
        .orderBy('a.at', 'desc')
        .limit(1)
        .as('last_at'),
      selectFrom('voucher as m')
        .select('m.number')
        .where('m.merchant', '=', 'merchant')
        .where('m.terminal', '=', 'terminal')
        .where('m.epoch', '=', epoch)
        .where('m.batch', '=', batch ? batchNo : sql.ref<string>('b.batch'))
        .orderBy('m.number', 'desc')
        .limit(1)
        .as('highest'),
    ])
}

function batchOf(row: AtOnce, place: TerminalPlace): BatchTable | undefined {
  const { batch, last_number, settled_at, settled_seq } = row
  if (batch === null) return undefined
  return { ...place, batch, last_number: last_number as number, settled_at, settled_seq }
}

function keyOf({ k_id, k_content, k_number, k_batch, k_day }: AtOnce): KnownVoucher | null {
  if (k_id === null) return null
  return {
    id: k_id,
    content: k_content as Uint8Array,
    number: k_number as string,
    batch: k_batch as string,
    day: k_day as string,
  }
}

function numberOf(
  { v_id, v_content, v_day }: AtOnce,
  { batch, number }: { readonly batch: string; readonly number: string },
): KnownVoucher | null {
  if (v_id === null) return null
  return { id: v_id, content: v_content as Uint8Array, number, batch, day: v_day as string }
}

/** Sets a value unless this transaction knows one already, which is newer than that of the store. */
function setNew<Value>(known: Map<string, Value>, name: string, value: Value): void {
  if (!known.has(name)) known.set(name, value)
}

async function loadLastAt(unit: Unit, terminal: string): Promise<void> {
  if (unit.terminals.lastAt.has(terminal)) return
  const row = await unit
    .sql()
    .selectFrom('voucher')
    .select('at')
    .where('terminal', '=', terminal)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  unit.terminals.lastAt.set(terminal, row?.at ?? 0)
}
