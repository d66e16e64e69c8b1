/** How the laws are run: a fixed seed, 150 receipts each, as many as the mutants need, or `XIAOPIAO_RUNS` of them. */

import fc from 'fast-check'
import { type Compiled, compile } from '../../src/compile.js'
import type { Receipt } from '../../src/elements/nodes.js'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { ReceiptError } from '../../src/model/errors.js'
import type { Paper } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { anyProfile, anyReceipt, lawImages } from './arbitraries.js'

const numRuns = Number(process.env.XIAOPIAO_RUNS ?? 150)
const seed = Number(process.env.XIAOPIAO_SEED ?? 20261123)

/** What no paper is wide enough for is refused, with a code; anything else thrown is a fault. */
const refusals = ['BOX_TOO_NARROW', 'QR_TOO_WIDE', 'GROUP_TOO_WIDE', 'CELL_HOLDS_ACTION']

export interface Sample extends Compiled {
  readonly receipt: Receipt
  readonly profile: Profile
  /** What the profile's printer prints of the bytes: once for all laws. */
  readonly print: () => Paper
}

/** The laws share so many receipts and their papers; more would not fit into memory. */
const MAX_SHARED = 1000
let shared: readonly (Sample | undefined)[] | undefined

/** Holds `law` against random receipts on random printers. */
export function everyReceipt(law: (sample: Sample) => void): void {
  const property = fc.property(anyReceipt, anyProfile, (receipt, profile) => {
    const sample = sampleOf(receipt, profile)
    if (sample === undefined) refused++
    else law(sample)
  })
  let refused = 0
  if (numRuns > MAX_SHARED) fc.assert(property, { numRuns, seed })
  else {
    shared ??= fc
      .sample(property, { numRuns, seed })
      .map(([receipt, profile]) => sampleOf(receipt, profile))
    for (const sample of shared) {
      if (sample === undefined) refused++
      else holdLaw(law, sample, () => fc.assert(property, { numRuns, seed }))
    }
  }
  if (refused > numRuns / 4) throw new Error(`${refused} of ${numRuns} receipts were refused`)
}

/** Frees the memory of the receipts when all laws were held. */
export function forgetSamples(): void {
  shared = undefined
}

/** Of a receipt that breaks the law, `shrink` finds the smallest that does. */
function holdLaw(law: (sample: Sample) => void, sample: Sample, shrink: () => void): void {
  try {
    law(sample)
  } catch (error) {
    shrink()
    throw error
  }
}

function sampleOf(receipt: Receipt, profile: Profile): Sample | undefined {
  try {
    const compiled = compile(receipt, { profile, images: lawImages })
    let paper: Paper | undefined
    const print = () => {
      paper ??= printBytes(compiled.bytes, profile)
      return paper
    }
    return Object.assign(compiled, { receipt, profile, print })
  } catch (error) {
    if (error instanceof ReceiptError && refusals.includes(error.code)) return undefined
    throw error
  }
}

/** Long runs take minutes. */
export const lawTimeoutMs = 240_000 + numRuns * 30
export { numRuns, seed }
