/**
 * Searches: all conditions must hold, and the most selective of them chooses the index.
 *
 * Without statistics SQLite takes any index whose column is compared, so that a search for one day's card trades might read every card
 * trade there is. The other columns are therefore compared in a form that no index serves.
 */

import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Cursor, ReadQuery } from '../query.js'
import { parseSlipCode } from '../slip-code.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { unindexed } from './unindexed.js'

type VoucherSelect = SelectQueryBuilder<StoreTables, 'voucher', VoucherRow>
type Column = keyof VoucherRow

/** Fields that a column must equal, the most selective first. */
const EQUALS: readonly (readonly [keyof ReadQuery, Column])[] = [
  ['order', 'order_no'],
  ['ref', 'ref'],
  ['auth', 'auth'],
  ['voucher', 'number'],
  ['last4', 'last4'],
  ['amount', 'charged_fen'],
  ['day', 'day'],
  ['batch', 'batch'],
  ['terminal', 'terminal'],
  ['operator', 'operator'],
  ['result', 'result'],
  ['printed', 'printed'],
  ['type', 'type'],
  ['kind', 'kind'],
]
/** Number of fields at the beginning of `EQUALS` that are more selective than a range of days or amounts. */
const TELLING = 7

interface Plan {
  readonly leader: Column | 'code' | undefined
  /** The column that is sorted by before the time. */
  readonly sort: 'day' | 'charged_fen' | undefined
}

/** Makes the query of a search. It asks for one row more than the page holds, to find out whether there is a next page. */
export function selectVouchers(db: Kysely<StoreTables>, query: ReadQuery): VoucherSelect {
  const plan = planOf(query)
  let select: VoucherSelect = db.selectFrom('voucher').selectAll()
  for (const [field, column] of EQUALS) {
    const value = query[field]
    if (value === undefined) continue
    select = select.where(comparable(column, plan), '=', value as never)
  }
  // The index of results leaves out approved trades, and SQLite uses it only if the query excludes them explicitly.
  if (query.result !== undefined && query.result !== 'approved') {
    select = select.where(sql<boolean>`result <> 'approved'`)
  }
  if (query.code !== undefined) select = whereCode(select, query.code)
  select = whereRange(select, comparable('day', plan), query.from, query.to)
  select = whereRange(select, comparable('charged_fen', plan), query.min, query.max)
  if (query.after !== undefined) select = whereAfter(select, query.after, plan)
  if (plan.sort !== undefined) select = select.orderBy(plan.sort, 'desc')
  return select
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
}

/** Makes the query of an export: by day and time, the oldest voucher first, with one row more than `limit`. */
export function selectInOrder(
  db: Kysely<StoreTables>,
  { from, to, after, limit }: Pick<ReadQuery, 'from' | 'to' | 'after' | 'limit'>,
): VoucherSelect {
  let select: VoucherSelect = db.selectFrom('voucher').selectAll()
  select = whereRange(select, sql.ref<string | number>('day'), from, to)
  if (after !== undefined) {
    const { lead, at, id } = after
    select = select.where(sql<boolean>`(day, at, id) > (${lead}, ${at}, ${id})`)
  }
  return select
    .orderBy('day')
    .orderBy('at')
    .orderBy('id')
    .limit(limit + 1)
}

/** The cursor of `row` in the order of `query`. */
export function cursorAt(row: VoucherRow, query: ReadQuery): Cursor {
  const { sort } = planOf(query)
  return { lead: sort === undefined ? '' : String(row[sort]), at: row.at, id: row.id }
}

function planOf(query: ReadQuery): Plan {
  if (query.code !== undefined) return { leader: 'code', sort: undefined }
  const place = EQUALS.findIndex(([field]) => query[field] !== undefined)
  const leader = EQUALS[place]?.[1]
  if (place >= 0 && place < TELLING) return { leader, sort: undefined }
  if (query.from !== undefined || query.to !== undefined) return { leader: 'day', sort: 'day' }
  if (query.min !== undefined || query.max !== undefined) {
    return { leader: 'charged_fen', sort: 'charged_fen' }
  }
  return { leader, sort: undefined }
}

/** The column itself if it leads; else an expression of it, so that the database does not use its index. */
function comparable(column: Column, plan: Plan) {
  return plan.leader === column ? sql.ref<string | number>(column) : unindexed(column)
}

function whereRange(
  select: VoucherSelect,
  column: ReturnType<typeof comparable>,
  from: string | number | undefined,
  to: string | number | undefined,
): VoucherSelect {
  const lower = from === undefined ? select : select.where(column, '>=', from)
  return to === undefined ? lower : lower.where(column, '<=', to)
}

/** A code is the platform's number, a pay code, of which the store keeps only the ends, or the bar code of a slip. */
function whereCode(select: VoucherSelect, code: string): VoucherSelect {
  const parts = parseSlipCode(code)
  const masked =
    code.length >= 10 ? `${code.slice(0, 4)}${'*'.repeat(code.length - 8)}${code.slice(-4)}` : code
  return select.where((or) =>
    or.or([
      or('pay_voucher', '=', code),
      or('pay_code', '=', masked),
      ...(parts === undefined
        ? []
        : [
            or.and([
              or('number', '=', parts.number),
              or('batch', '=', parts.batch),
              or('terminal', '=', parts.terminal),
            ]),
          ]),
    ]),
  )
}

function whereAfter(select: VoucherSelect, { lead, at, id }: Cursor, plan: Plan): VoucherSelect {
  if (plan.sort === undefined) return select.where(sql<boolean>`(at, id) < (${at}, ${id})`)
  const value = plan.sort === 'charged_fen' ? Number(lead) : lead
  return select.where(sql<boolean>`(${sql.ref(plan.sort)}, at, id) < (${value}, ${at}, ${id})`)
}
