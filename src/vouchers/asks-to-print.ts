/** Whether the counter prints, asks the customer, or does neither: a setting of the shop. */

import type { VoucherRecord } from './archive.js'
import type { Settings } from './settings.js'

/**
 * Says by the setting `ask` whether the counter prints the slip of a voucher.
 *
 * @returns `print` without asking, `ask`, or `skip`; cash trades still open the drawer if they are skipped
 *
 * @example
 * asksToPrint(record, await archive.settings(record.terminal)) // 'print'
 */
export function asksToPrint(
  { chargedFen }: Pick<VoucherRecord, 'chargedFen'>,
  { ask }: Pick<Settings, 'ask'>,
): 'print' | 'ask' | 'skip' {
  if (typeof ask === 'object') return chargedFen > ask.aboveFen ? 'print' : 'ask'
  if (ask === 'always') return 'print'
  return ask === 'ask' ? 'ask' : 'skip'
}
