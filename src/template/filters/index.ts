/** The filters of templates: our own, and those of Liquid that depend only on their arguments. */

import { cnAmount } from './cn-amount.js'
import { mask, pad } from './codes.js'
import { currency } from './currency.js'
import { date } from './date.js'
import { liquidFilters } from './liquid.js'
import { money, rmb, yuan } from './money.js'
import { arithmetic, sum } from './numbers.js'
import { percent, qty } from './quantities.js'
import { weekday } from './weekday.js'
import { fullwidth, halfwidth } from './widths.js'

export const filters: Readonly<Record<string, unknown>> = {
  ...liquidFilters,
  ...arithmetic,
  ...{ sum, money, yuan, rmb, cn_amount: cnAmount, currency, percent, qty },
  ...{ mask, pad, date, weekday, fullwidth, halfwidth },
}
