/** The report of a business day (营业日报). */

import type { Section, TypeTotal } from './sections.js'
import type { TradeKind } from './trade-types.js'

/** The trades of one operator or of one kind. */
export interface NamedTotals<Name extends string> {
  readonly name: Name
  readonly totals: readonly TypeTotal[]
}

export interface DayReport {
  /** Business day, `YYYY-MM-DD`. */
  readonly day: string
  /** ISO 8601 with the shop's offset. */
  readonly at: string
  readonly by: string
  /** Domestic and foreign cards, purses, scan payments and cash. */
  readonly sections: readonly Section[]
  /** Totals by kind of payment; for scan payments that is the platform. */
  readonly kinds: readonly NamedTotals<TradeKind>[]
  readonly operators: readonly NamedTotals<string>[]
  readonly count: number
  readonly fen: number
  readonly feeFen: number
  readonly unknownCount: number
  /** Time of the report that this one replaces, because trades of its day came later. */
  readonly replaces?: string
  /** Seal over the heads of all chains after this report: 64 hexadecimal digits, of which the slip shows 16. */
  readonly seal: string
  /** True if the day's sums have not changed since its last report, so that this is the report that was recorded then. */
  readonly repeated: boolean
}
