/** The filters of templates: ours, and Liquid's that depend on nothing but their arguments. */

import { mask, pad } from './codes.js'
import { date } from './date.js'
import { liquidFilters } from './liquid.js'
import { money, rmb, yuan } from './money.js'
import { arithmetic, sum } from './numbers.js'

export const filters: Readonly<Record<string, unknown>> = {
  ...liquidFilters,
  ...arithmetic,
  ...{ sum, money, yuan, rmb, mask, pad, date },
}
