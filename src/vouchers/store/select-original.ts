/** The query for the original that a trade names: every field that is given must agree. */

import type { Kysely, SelectQueryBuilder } from 'kysely'
import { dayBegins, nextDay } from '../business-day.js'
import type { Settings } from '../settings.js'
import type { OriginalReference, Trade } from '../trade.js'
import type { OriginalRule } from '../trade-types.js'
import type { StoreTables, VoucherRow } from './tables.js'
import { unindexed } from './unindexed.js'

export interface OriginalPlace {
  readonly merchantNo: string
  readonly batch: string
}

type Select = SelectQueryBuilder<StoreTables, 'voucher', VoucherRow>

/** Fields that alone can find an original, with their columns, the most selective first. */
const LEADERS = [
  ['id', 'id'],
  ['payVoucher', 'pay_voucher'],
  ['ref', 'ref'],
  ['auth', 'auth'],
] as const satisfies readonly (readonly [keyof OriginalReference, keyof VoucherRow])[]

/**
 * Makes the query for the original of a trade.
 * @returns undefined if the reference names no field by which an original can be found
 */
export function selectOriginal(
  db: Kysely<StoreTables>,
  trade: Trade,
  place: OriginalPlace,
  { rule, zone }: { readonly rule: OriginalRule; readonly zone: Settings['zone'] },
): Select | undefined {
  const original = trade.original ?? {}
  const byNumber = original.id === undefined && original.voucher !== undefined
  const leader = byNumber ? undefined : LEADERS.find(([field]) => original[field] !== undefined)
  if (!byNumber && leader === undefined) return undefined
  // An id names exactly one voucher, so its merchant and its type are left to the check by the rules.
  const byId = leader?.[0] === 'id'
  let select: Select = db.selectFrom('voucher').selectAll()
  if (byNumber) select = whereNumber(select, trade, place)
  else if (!byId) select = select.where(unindexed('merchant'), '=', place.merchantNo)
  for (const [field, column] of LEADERS) {
    const value = original[field]
    if (value === undefined) continue
    select = select.where(leader?.[0] === field ? column : unindexed(column), '=', value)
  }
  if (!byNumber) select = whereNamed(select, original)
  // A reference may be shared by a trade and its refund.
  if (!byNumber && !byId) {
    select = select.where(unindexed('type'), 'in', [...rule.types])
  }
  return original.date === undefined
    ? select.limit(2)
    : whereDate(select, original.date, zone).limit(2)
}

/** Finds the original by its number. The terminal and the batch are those of the trade unless the reference names others. */
function whereNumber(from: Select, trade: Trade, { merchantNo, batch }: OriginalPlace): Select {
  const { original = {} } = trade
  return from
    .where('merchant', '=', merchantNo)
    .where('terminal', '=', original.terminal ?? trade.terminal)
    .where('batch', '=', original.batch ?? batch)
    .where('number', '=', original.voucher as string)
    .orderBy('epoch', 'desc')
}

function whereNamed(select: Select, { voucher, batch, terminal }: OriginalReference): Select {
  const named = [
    ['number', voucher],
    ['batch', batch],
    ['terminal', terminal],
  ] as const
  return named.reduce(
    (all, [column, value]) =>
      value === undefined ? all : all.where(unindexed(column), '=', value),
    select,
  )
}

/** The day on the slip, or the business day, which differ after midnight if the shop's day begins later. */
function whereDate(select: Select, date: string, zone: string): Select {
  const begins = dayBegins(date, zone, '00:00')
  const ends = dayBegins(nextDay(date), zone, '00:00')
  return select.where((or) =>
    or.or([
      or(unindexed('day'), '=', date),
      or.and([or(unindexed('at'), '>=', begins), or(unindexed('at'), '<', ends)]),
    ]),
  )
}
