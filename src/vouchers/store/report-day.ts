/** The report of a day: a record of the shop's chain. A report that differs from the last one of its day names it. */

import { localTime } from '../business-day.js'
import { canonicalValue } from '../canonical-value.js'
import type { DayReport, NamedTotals } from '../day-report.js'
import { sectionsOf, typeTotals } from '../sections.js'
import { type GroupSum, groupTotals } from '../totals.js'
import { refuseRetained } from './retained.js'
import { appendSeal, loadSealOf } from './seals.js'
import { countUnknown, loadTotals } from './select-totals.js'
import { SHOP_CHAIN, type Unit } from './unit.js'

type Counted = Omit<DayReport, 'at' | 'by' | 'replaces' | 'seal' | 'repeated'>
type ReportBody = Omit<DayReport, 'seal' | 'repeated'>

export async function reportDay(
  unit: Unit,
  day: string,
  { zone, by }: { readonly zone: string; readonly by: string },
): Promise<DayReport> {
  await unit.loadHead(SHOP_CHAIN)
  await refuseRetained(unit.sql(), day)
  const counted = await countDay(unit, day)
  const last = await lastReport(unit, day)
  if (last !== undefined && isSame(last.body, counted)) {
    const seal = await loadSealOf(unit.sql(), { chain: SHOP_CHAIN, seq: last.seq })
    return { ...last.body, seal: seal?.seal ?? '', repeated: true }
  }
  const body: ReportBody = {
    ...counted,
    at: localTime(unit.now, zone),
    by,
    ...(last === undefined ? {} : { replaces: last.body.at }),
  }
  const seq = await unit.append(SHOP_CHAIN, { kind: 'report', body })
  const { seal } = await appendSeal(unit, { because: 'report', of: { chain: SHOP_CHAIN, seq }, by })
  return { ...body, seal, repeated: false }
}

async function countDay(unit: Unit, day: string): Promise<Counted> {
  const range = { from: day, to: day }
  const sums = await loadTotals(unit.sql(), range, undefined)
  const unknownCount = await countUnknown(unit.sql(), range, undefined)
  const { count, fen, feeFen } = groupTotals({ day }, sums, unknownCount)
  return {
    day,
    sections: sectionsOf(sums),
    kinds: namedTotals(sums, 'kind'),
    operators: namedTotals(sums, 'operator'),
    count,
    fen,
    feeFen,
    unknownCount,
  }
}

function namedTotals<Field extends 'kind' | 'operator'>(
  sums: readonly GroupSum[],
  field: Field,
): readonly NamedTotals<GroupSum[Field]>[] {
  const names = [...new Set(sums.map((sum) => sum[field]))].sort()
  return names
    .map((name) => ({ name, totals: typeTotals(sums.filter((sum) => sum[field] === name)) }))
    .filter(({ totals }) => totals.length > 0)
}

async function lastReport(
  unit: Unit,
  day: string,
): Promise<{ readonly seq: number; readonly body: ReportBody } | undefined> {
  const rows = await unit
    .sql()
    .selectFrom('entry')
    .select(['seq', 'body'])
    .where('chain', '=', SHOP_CHAIN)
    .where('kind', '=', 'report')
    .orderBy('seq', 'desc')
    .execute()
  for (const { seq, body } of rows) {
    if (body === null) continue
    const { recordedAt: _, ...report } = JSON.parse(body)
    if (report.day === day) return { seq, body: report }
  }
  return undefined
}

function isSame({ at: _, by: __, replaces: ___, ...last }: ReportBody, counted: Counted): boolean {
  return canonicalValue(last) === canonicalValue(counted)
}
