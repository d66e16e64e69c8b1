/** Closes a month: a record of the shop's chain with its sums, day by day, followed by a seal. */

import type { Kysely } from 'kysely'
import { businessDay, localTime } from '../business-day.js'
import { VoucherError } from '../errors.js'
import type { DayTotals, MonthClosing, OpenBatch } from '../month-closing.js'
import type { Seal } from '../seal.js'
import { sectionsOf } from '../sections.js'
import type { Settings } from '../settings.js'
import { type DayRange, groupTotals } from '../totals.js'
import { refuseRetained } from './retained.js'
import { appendSeal } from './seals.js'
import { countUnknown, loadTotals } from './select-totals.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

export async function closeMonth(
  unit: Unit,
  month: string,
  { settings, by }: { readonly settings: Settings; readonly by: string },
): Promise<{ readonly seal: Seal; readonly month: MonthClosing }> {
  const { zone, dayStarts } = settings
  if (businessDay(unit.now, zone, dayStarts).slice(0, 7) <= month) throw notOver(month)
  await unit.loadHead(SHOP_CHAIN)
  const range = { from: `${month}-01`, to: `${month}-31` }
  await refuseRetained(unit.sql(), range.from)
  const replaces = await lastClosing(unit.sql(), month)
  const closing: MonthClosing = {
    month,
    at: localTime(unit.now, zone),
    by,
    ...(await countMonth(unit.sql(), range)),
    openBatches: await openBatches(unit.sql(), range),
    ...(replaces === undefined ? {} : { replaces }),
  }
  const seq = await unit.append(SHOP_CHAIN, { kind: 'month', body: closing })
  const seal = await appendSeal(unit, { because: 'month', of: { chain: SHOP_CHAIN, seq }, by })
  return { seal, month: closing }
}

type Counted = Pick<MonthClosing, 'days' | 'sections' | 'count' | 'fen' | 'feeFen' | 'unknownCount'>

async function countMonth(db: Kysely<StoreTables>, range: DayRange): Promise<Counted> {
  const sums = await loadTotals(db, range, undefined)
  const unknownCount = await countUnknown(db, range, undefined)
  const { rows, count, fen, feeFen } = groupTotals({ ...range, by: ['day'] }, sums, unknownCount)
  const days = rows.map(
    (row): DayTotals => ({
      day: row.day as string,
      count: row.count,
      fen: row.fen,
      feeFen: row.feeFen,
    }),
  )
  return { days, sections: sectionsOf(sums), count, fen, feeFen, unknownCount }
}

/** The open batches that have a trade of the month. Few batches are open, so the query can check each of them. */
async function openBatches(
  db: Kysely<StoreTables>,
  { from, to }: DayRange,
): Promise<readonly OpenBatch[]> {
  const rows = await db
    .selectFrom('batch as b')
    .select(['b.merchant', 'b.terminal', 'b.batch'])
    .where('b.settled_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('voucher as v')
          .select('v.id')
          .whereRef('v.terminal', '=', 'b.terminal')
          .whereRef('v.batch', '=', 'b.batch')
          .whereRef('v.merchant', '=', 'b.merchant')
          .whereRef('v.epoch', '=', 'b.epoch')
          .where('v.day', '>=', from)
          .where('v.day', '<=', to),
      ),
    )
    .orderBy('b.merchant')
    .orderBy('b.terminal')
    .orderBy('b.batch')
    .execute()
  return rows.map(({ merchant, terminal, batch }) => ({ merchantNo: merchant, terminal, batch }))
}

/** The time of the last closing of this month, if it was closed before. */
async function lastClosing(db: Kysely<StoreTables>, month: string): Promise<string | undefined> {
  const rows = await db
    .selectFrom('entry')
    .select('body')
    .where('chain', '=', SHOP_CHAIN)
    .where('kind', '=', 'month')
    .orderBy('seq', 'desc')
    .execute()
  const closings = rows.flatMap(({ body }) =>
    body === null ? [] : [JSON.parse(body) as MonthClosing],
  )
  return closings.find((one) => one.month === month)?.at
}

function notOver(month: string): VoucherError {
  return new VoucherError(`the month ${month} is not over yet`, {
    code: 'MONTH_OPEN',
    path: 'month',
    hint: 'close it when its last business day has ended in the zone of the shop',
  })
}
