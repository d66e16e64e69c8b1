/** Sums of a batch or a day in the sections that slips print: domestic and foreign cards, purses, scan payments and cash apart. */

import { type GroupSum, signedFen } from './totals.js'
import { TRADE_TYPE_RULES, TRADE_TYPES, type TradeType } from './trade-types.js'

export const SECTION_NAMES = ['domestic', 'foreign', 'ec', 'scan', 'cash'] as const
/** 内卡, 外卡, 电子现金, 扫码, 现金. */
export type SectionName = (typeof SECTION_NAMES)[number]

export interface TypeTotal {
  readonly type: TradeType
  readonly count: number
  /** Sum of the amounts; money that goes back is negative. */
  readonly fen: number
}

export interface Section {
  readonly name: SectionName
  /** Types that move money, in the order of the table of types. */
  readonly totals: readonly TypeTotal[]
}

type Sum = Pick<GroupSum, 'kind' | 'area' | 'type' | 'count' | 'fen'>

/** Returns the sections that have any trade. Types that move no money, such as a pre-authorisation, are left out. */
export function sectionsOf(sums: readonly Sum[]): readonly Section[] {
  return SECTION_NAMES.map((name) => ({
    name,
    totals: typeTotals(sums.filter((sum) => sectionOf(sum) === name)),
  })).filter(({ totals }) => totals.length > 0)
}

export function typeTotals(
  sums: readonly Pick<Sum, 'type' | 'count' | 'fen'>[],
): readonly TypeTotal[] {
  return TRADE_TYPES.filter((type) => TRADE_TYPE_RULES[type].direction !== 0).flatMap((type) => {
    const own = sums.filter((sum) => sum.type === type)
    if (own.length === 0) return []
    const count = own.reduce((all, sum) => all + sum.count, 0)
    return [{ type, count, fen: own.reduce((all, sum) => all + signedFen(sum), 0) }]
  })
}

export function sectionOf({ kind, area }: Pick<Sum, 'kind' | 'area'>): SectionName {
  if (kind === 'card') return area ?? 'domestic'
  return kind === 'cash' || kind === 'ec' ? kind : 'scan'
}
