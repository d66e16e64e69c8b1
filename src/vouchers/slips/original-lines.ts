/** The lines of a slip that name the original of a void, a refund or a completion. */

import type { VoucherRecord } from '../archive.js'
import type { OriginalReference } from '../trade.js'
import type { TradeType } from '../trade-types.js'

type Shown = 'voucher' | 'payVoucher' | 'ref' | 'auth' | 'date'

/** The numbers that each type's slip shows, as card terminals print them. */
const SHOWN: Partial<Readonly<Record<TradeType, readonly Shown[]>>> = {
  void: ['voucher'],
  refund: ['voucher', 'ref', 'date'],
  'preauth-add': ['auth', 'date'],
  'preauth-void': ['auth', 'date'],
  'preauth-complete': ['auth', 'date'],
  'preauth-complete-void': ['voucher', 'auth'],
  'scan-void': ['voucher', 'payVoucher'],
  'scan-refund': ['voucher', 'payVoucher', 'date'],
}

const LABELS: Readonly<Record<Shown, string>> = {
  voucher: '原凭证号',
  payVoucher: '原付款凭证号',
  ref: '原参考号',
  auth: '原授权码',
  date: '原交易日期',
}

/**
 * Returns the lines that name the original of a trade.
 * @param stored the record of the original, which adds the numbers that the trade does not name
 * @example originalLines(record, original) // ['原凭证号:000236']
 */
export function originalLines(record: VoucherRecord, stored?: VoucherRecord): readonly string[] {
  const { original, type, originalId, approvedBy } = record
  if (original === undefined) return []
  const known = { ...numbersOf(stored), ...original }
  const batch = known.batch !== undefined && known.batch !== record.batch ? known.batch : undefined
  const lines = (SHOWN[type] ?? []).flatMap((name) => lineOf(type, name, known))
  return [
    ...(batch === undefined || known.voucher === undefined ? [] : [`原批次号:${batch}`]),
    ...lines,
    ...(originalId === undefined && approvedBy !== undefined
      ? [`原交易不在本机，授权人:${approvedBy}`]
      : []),
  ]
}

function lineOf(type: TradeType, name: Shown, known: OriginalReference): readonly string[] {
  const value = known[name]
  if (value === undefined) return []
  const label = type === 'scan-void' && name === 'voucher' ? '原交易凭证号' : LABELS[name]
  return [`${label}:${name === 'date' ? `${value.slice(5, 7)}${value.slice(8, 10)}` : value}`]
}

function numbersOf(stored: VoucherRecord | undefined): OriginalReference {
  if (stored === undefined) return {}
  const { voucher, batch, ref, auth, payVoucher, at } = stored
  return {
    voucher,
    batch,
    date: at.slice(0, 10),
    ...(ref === undefined ? {} : { ref }),
    ...(auth === undefined ? {} : { auth }),
    ...(payVoucher === undefined ? {} : { payVoucher }),
  }
}
