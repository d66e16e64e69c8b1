/** Refuses an act on a store that is not as it was recorded. */

import { VoucherError } from '../errors.js'
import type { ChainFault } from '../verification.js'

/**
 * Throws if there is a fault, with the first one.
 * @throws VoucherError `STORE_FAULTY`
 */
export function refuseFaulty([fault]: readonly ChainFault[], consequence: string): void {
  if (fault === undefined) return
  throw new VoucherError(
    `${consequence}, because of a fault at ${placeOf(fault)}: ${fault.message}`,
    {
      code: 'STORE_FAULTY',
      path: 'store',
      hint: 'vouchers verify names all faults; keep the earlier backups until they are explained',
    },
  )
}

/** Names the place of a fault as a person looks it up: the voucher, or the record of the chain. */
export function placeOf({ chain, seq, voucherId }: ChainFault): string {
  return seq === 0 ? (voucherId ?? chain) : `record ${seq} of chain ${chain}`
}
