/**
 * Tells cards of UnionPay from those of foreign schemes (内卡, 外卡), because settlements and reports count them apart.
 */

import type { Trade } from './trade.js'

/** Cards of UnionPay by the names that terminals give it. */
const UNIONPAY = /^(?:CUP|CUPS|UPI|UNIONPAY|银联.*|中国银联)$/i

export type CardArea = 'domestic' | 'foreign'

/** Whether the scheme is UnionPay's; a card without a scheme counts as such, because terminals name only the others. */
export function isUnionPay(scheme: string | undefined): boolean {
  return scheme === undefined || UNIONPAY.test(scheme.trim())
}

/** Returns the area of a trade's card; undefined for trades without a card. */
export function areaOf({ kind, scheme }: Pick<Trade, 'kind' | 'scheme'>): CardArea | undefined {
  if (kind !== 'card' && kind !== 'ec') return undefined
  return isUnionPay(scheme) ? 'domestic' : 'foreign'
}
