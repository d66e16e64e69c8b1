/**
 * Finds out whether a key or a number is taken. An import looks up many at once, because a query for each would cost more than the insert.
 */

import { type Kysely, sql } from 'kysely'
import type { Trade } from '../trade.js'
import { loadEpoch } from './epochs.js'
import {
  type BatchPlace,
  batchName,
  chainOf,
  type KnownVoucher,
  placeName,
  terminalName,
  type VoucherPlace,
} from './places.js'
import type { StoreTables } from './tables.js'
import type { Unit } from './unit.js'

/** Trades whose keys and numbers are looked up together. */
export const KNOWN_AT_ONCE = 256

const KNOWN_COLUMNS = ['id', 'content', 'number', 'batch', 'day'] as const
const PLACE_COLUMNS = [...KNOWN_COLUMNS, 'key', 'merchant', 'terminal', 'epoch'] as const

/** The voucher that has the key, of those that were looked up. */
export function voucherOfKey(unit: Unit, key: string): KnownVoucher | undefined {
  return unit.knownKeys.get(key) ?? undefined
}

export function knowsKey(unit: Unit, key: string): boolean {
  return unit.knownKeys.has(key)
}

export async function loadKey(unit: Unit, key: string): Promise<KnownVoucher | undefined> {
  if (knowsKey(unit, key)) return voucherOfKey(unit, key)
  const [row] = await unit.ask<KnownVoucher>(
    'voucher-of-key',
    (db) => db.selectFrom('voucher').select(KNOWN_COLUMNS).where('key', '=', 'key'),
    { key },
  )
  unit.knownKeys.set(key, row ?? null)
  return row
}

/** The voucher that has the number, of those that were looked up. */
export function voucherOfNumber(unit: Unit, place: VoucherPlace): KnownVoucher | undefined {
  return unit.known.get(placeName(place)) ?? undefined
}

export function knowsNumber(unit: Unit, place: VoucherPlace): boolean {
  return unit.known.has(placeName(place))
}

/** Whether the number was looked up, and no voucher has it. */
export function isFree(unit: Unit, place: VoucherPlace): boolean {
  return unit.known.get(placeName(place)) === null
}

export async function loadNumber(unit: Unit, place: VoucherPlace): Promise<void> {
  if (knowsNumber(unit, place)) return
  const { merchant, terminal, epoch, batch, number } = place
  const [row] = await unit.ask<KnownVoucher>('voucher-of-number', selectNumbered, {
    merchant,
    terminal,
    epoch,
    batch,
    number,
  })
  unit.known.set(placeName(place), row ?? null)
}

/** The values in this query are the names of its parameters: see `KnownQueries`. */
function selectNumbered(db: Kysely<StoreTables>) {
  return db
    .selectFrom('voucher')
    .select(KNOWN_COLUMNS)
    .where('merchant', '=', 'merchant')
    .where('terminal', '=', 'terminal')
    .where('epoch', '=', sql<number>`${'epoch'}`)
    .where('batch', '=', 'batch')
    .where('number', '=', 'number')
}

/** Notes a voucher that this transaction has added or found. */
export function remember(
  unit: Unit,
  row: KnownVoucher & VoucherPlace & { readonly key: string | null },
): void {
  if (row.key !== null) unit.knownKeys.set(row.key, row)
  unit.known.set(placeName(row), row)
  if (unit.terminals.highest.size === 0) return
  const batch = batchName(row)
  const highest = unit.terminals.highest.get(batch)
  if (highest !== undefined)
    unit.terminals.highest.set(batch, Math.max(highest, Number(row.number)))
}

/** Returns the highest number of the batch's vouchers, or 0. Higher numbers are free and need not be looked up. */
export async function highestNumber(unit: Unit, place: BatchPlace): Promise<number> {
  const { merchant, terminal, epoch, batch } = place
  const name = batchName(place)
  const known = unit.terminals.highest.get(name)
  if (known !== undefined) return known
  const trx = unit.sql()
  const row = await trx
    .selectFrom('voucher')
    .select('number')
    .where('merchant', '=', merchant)
    .where('terminal', '=', terminal)
    .where('epoch', '=', epoch)
    .where('batch', '=', batch)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const highest = Number(row?.number ?? 0)
  unit.terminals.highest.set(name, highest)
  return highest
}

/** A trade with the merchant that it belongs to by the settings of its terminal. */
export interface PlacedTrade {
  readonly trade: Trade
  readonly merchant: string
}

/** Looks up the keys of `trades`, and the numbers of those that name their batch. */
export async function lookUp(unit: Unit, placed: readonly PlacedTrade[]): Promise<void> {
  const trades = placed.map(({ trade }) => trade)
  const keys = trades.flatMap(({ key }) => (key === undefined ? [] : [key]))
  for (const key of keys) note(unit.knownKeys, key)
  const places: VoucherPlace[] = []
  for (const { trade, merchant } of placed) {
    const { terminal, batch, voucher: number } = trade
    if (batch === undefined || number === undefined) continue
    const name = terminalName({ merchant, terminal })
    const epoch = unit.terminals.epochs.get(name) ?? (await loadEpoch(unit, { merchant, terminal }))
    places.push({ merchant, terminal, epoch, batch, number })
  }
  for (const place of places) note(unit.known, placeName(place))
  // Chains are locked in one order, so that two imports do not wait for each other.
  const chains = new Set(places.map(chainOf))
  for (const chain of [...chains].sort()) await unit.loadHead(chain)
  const trx = unit.sql()
  const select = trx.selectFrom('voucher').select(PLACE_COLUMNS)
  const rows = keys.length === 0 ? [] : await select.where('key', 'in', keys).execute()
  for (const [{ merchant, terminal, epoch, batch }, numbers] of byBatch(places)) {
    const taken = await select
      .where('merchant', '=', merchant)
      .where('terminal', '=', terminal)
      .where('epoch', '=', epoch)
      .where('batch', '=', batch)
      .where('number', 'in', numbers)
      .execute()
    rows.push(...taken)
  }
  for (const row of rows) remember(unit, row)
}

function byBatch(places: readonly VoucherPlace[]): readonly (readonly [VoucherPlace, string[]])[] {
  const groups = new Map<string, readonly [VoucherPlace, string[]]>()
  for (const place of places) {
    const name = batchName(place)
    const group = groups.get(name) ?? [place, []]
    group[1].push(place.number)
    groups.set(name, group)
  }
  return [...groups.values()]
}

/** Notes a key or a number as free, unless this transaction knows a voucher that has it. */
function note(known: Map<string, KnownVoucher | null>, name: string): void {
  if (!known.has(name)) known.set(name, null)
}
