/** The query for sums, which one index answers without reading vouchers. */

import { type Kysely, sql } from 'kysely'
import type { DayRange, GroupSum } from '../totals.js'
import { TOTALS_KEYS } from './migrations.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { unindexed } from './unindexed.js'

/**
 * Sums of all combinations of groups in these days. They are grouped in the order of the index, so that the
 * database need not sort.
 */
export function selectTotals(
  db: Kysely<StoreTables>,
  { from, to }: DayRange,
  terminal: string | undefined,
) {
  const select = db
    .selectFrom('voucher')
    .select([...TOTALS_KEYS])
    .select(({ fn }) => [
      fn.countAll().as('count'),
      fn.sum('charged_fen').as('fen'),
      fn.sum('fee_fen').as('fee_fen'),
      fn.count('fee_fen').as('fee_count'),
    ])
    // As a literal, because with a parameter the planner cannot know that the partial index holds all rows of the query.
    .where(sql.ref('result'), '=', sql.lit('approved'))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy([...TOTALS_KEYS])
  return terminal === undefined ? select : select.where(unindexed('terminal'), '=', terminal)
}

export async function loadTotals(
  db: Kysely<StoreTables>,
  range: DayRange,
  terminal: string | undefined,
): Promise<readonly GroupSum[]> {
  const rows = await selectTotals(db, range, terminal).execute()
  return rows.map((row) => ({
    day: row.day,
    kind: row.kind as GroupSum['kind'],
    cardClass: row.card_class as GroupSum['cardClass'],
    area: row.area as GroupSum['area'],
    type: row.type as GroupSum['type'],
    operator: row.operator,
    terminal: row.terminal,
    // Some drivers give sums as text, because they may be larger than a number holds.
    count: Number(row.count),
    fen: Number(row.fen),
    feeFen: Number(row.fee_fen ?? 0),
    feeCount: Number(row.fee_count),
  }))
}

/** Counts the trades of these days whose result is unknown. */
export async function countUnknown(
  db: Kysely<StoreTables>,
  { from, to }: DayRange,
  terminal: string | undefined,
): Promise<number> {
  const select = selectUnknown(db)
    .select(({ fn }) => fn.countAll().as('count'))
    .where(unindexed('day'), '>=', from)
    .where(unindexed('day'), '<=', to)
  const one = terminal === undefined ? select : select.where(unindexed('terminal'), '=', terminal)
  return Number((await one.executeTakeFirstOrThrow()).count)
}

/** Selects trades with an unknown result. The index of results leaves out approved trades, so the query excludes them explicitly. */
export function selectUnknown(db: Kysely<StoreTables>) {
  return db
    .selectFrom('voucher')
    .where('result', '=', 'unknown')
    .where(sql<boolean>`result <> 'approved'`)
}

export interface BatchSum {
  readonly kind: GroupSum['kind']
  readonly area: GroupSum['area']
  readonly type: GroupSum['type']
  readonly count: number
  readonly fen: number
  readonly feeFen: number
}

type Batch = Pick<VoucherRow, 'merchant' | 'terminal' | 'epoch' | 'batch'>

/** Loads the sums of a batch, without the trades that came after its settlement. */
export async function loadBatchSums(
  db: Kysely<StoreTables>,
  place: Batch,
): Promise<readonly BatchSum[]> {
  const rows = await selectBatch(db, place)
    .select(['kind', 'area', 'type'])
    .select(({ fn }) => [
      fn.countAll().as('count'),
      fn.sum('charged_fen').as('fen'),
      fn.sum('fee_fen').as('fee_fen'),
    ])
    .where(unindexed('result'), '=', 'approved')
    .where(unindexed('late_seq'), '=', 0)
    .groupBy(['kind', 'area', 'type'])
    .execute()
  return rows.map((row) => ({
    kind: row.kind as GroupSum['kind'],
    area: row.area as GroupSum['area'],
    type: row.type as GroupSum['type'],
    count: Number(row.count),
    fen: Number(row.fen),
    feeFen: Number(row.fee_fen ?? 0),
  }))
}

/** The vouchers of a batch by the unique index of their numbers. */
export function selectBatch(db: Kysely<StoreTables>, place: Batch) {
  return db
    .selectFrom('voucher')
    .where('terminal', '=', place.terminal)
    .where('batch', '=', place.batch)
    .where(unindexed('merchant'), '=', place.merchant)
    .where(unindexed('epoch'), '=', place.epoch)
}
