/** How the laws are run: a fixed seed, 300 receipts each, or `XIAOPIAO_RUNS` of them. */

import fc from 'fast-check'
import { type Compiled, compile } from '../../src/compile.js'
import type { Receipt } from '../../src/elements/nodes.js'
import { ReceiptError } from '../../src/model/errors.js'
import type { Profile } from '../../src/model/profile.js'
import { anyProfile, anyReceipt, lawImages } from './arbitraries.js'

const numRuns = Number(process.env.XIAOPIAO_RUNS ?? 300)
const seed = Number(process.env.XIAOPIAO_SEED ?? 20261123)

/** What no paper is wide enough for is refused, with a code; anything else thrown is a fault. */
const refusals = ['BOX_TOO_NARROW', 'QR_TOO_WIDE', 'GROUP_TOO_WIDE', 'CELL_HOLDS_ACTION']

export interface Sample extends Compiled {
  readonly receipt: Receipt
  readonly profile: Profile
}

/** Holds `law` against random receipts on random printers. */
export function everyReceipt(law: (sample: Sample) => void): void {
  let refused = 0
  fc.assert(
    fc.property(anyReceipt, anyProfile, (receipt, profile) => {
      const compiled = compileOrRefuse(receipt, profile)
      if (compiled === undefined) refused++
      else law(Object.assign(compiled, { receipt, profile }))
    }),
    { numRuns, seed },
  )
  if (refused > numRuns / 4) throw new Error(`${refused} of ${numRuns} receipts were refused`)
}

export function compileOrRefuse(receipt: Receipt, profile: Profile): Compiled | undefined {
  try {
    return compile(receipt, { profile, images: lawImages })
  } catch (error) {
    if (error instanceof ReceiptError && refusals.includes(error.code)) return undefined
    throw error
  }
}

/** Long runs take minutes. */
export const lawTimeoutMs = 60_000 + numRuns * 30
export { numRuns, seed }
