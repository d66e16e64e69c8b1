/** A voucher's slip as a receipt: the template bound to the data of one copy. */

import type { Receipt } from '../../elements/nodes.js'
import { bind } from '../../template/bind.js'
import type { Template } from '../../template/types.js'
import type { VoucherRecord } from '../archive.js'
import { VoucherError } from '../errors.js'
import type { Settings } from '../settings.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import { type SlipOptions, slipData, slipNameOf } from './slip-data.js'
import { SLIP_TEMPLATES, type SlipTemplates } from './templates.js'

/**
 * Makes the slip of an approved trade.
 * @param templates that replace those of the library
 * @throws VoucherError `NO_SLIP` if the trade does not get a slip; ReceiptError if the template does not fit its
 * data
 *
 * @example
 * const settings = await archive.settings(record.terminal)
 * const slip = makeSlip(record, settings, { copy: { name: 'merchant', number: 1, of: 2 } })
 * slip.nodes.length > 5 // true
 */
export function makeSlip(
  record: VoucherRecord,
  settings: Settings,
  options: SlipOptions,
  templates: SlipTemplates = {},
): Receipt {
  refuseWithoutSlip(record)
  const name = slipNameOf(record)
  const template = (templates[name] ?? SLIP_TEMPLATES[name]) as Template
  return bind(template, slipData(record, settings, options) as never)
}

/** Only approved trades have a slip: paper for a trade that the host declined would look like a payment. */
function refuseWithoutSlip({ type, result }: VoucherRecord): void {
  if (result !== 'approved') {
    throw new VoucherError(`a trade that is ${result} has no slip`, {
      code: 'NO_SLIP',
      path: 'id',
      hint: result === 'unknown' ? 'record its result first: vouchers resolve' : undefined,
    })
  }
  if (TRADE_TYPE_RULES[type].hasSlip) return
  throw new VoucherError(`a ${type} has no slip`, { code: 'NO_SLIP', path: 'id' })
}
