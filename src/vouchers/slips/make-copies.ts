/**
 * The copies of a voucher's slip as they are kept: compiled for a printer, without the mark of a reprint and without the pulse for the
 * drawer.
 */

import type { Receipt } from '../../elements/nodes.js'
import { canonicalValue } from '../canonical-value.js'
import { hashBody } from '../chain.js'
import { type CopyName, copiesOf } from '../settings.js'
import { dictionaryOf } from './kept-slips.js'
import { slipNameOf } from './slip-data.js'
import type { MadeCopy, MadeSlips, SlipMaking, SlipVoucher } from './slip-making.js'
import { specimenOf } from './specimen.js'
import { SLIP_TEMPLATES } from './templates.js'

/** The receipt of one copy. */
export type SlipOf = (voucher: SlipVoucher, copy: CopyName, all: readonly CopyName[]) => Receipt

/**
 * Compiles the copies of a voucher's slip.
 * @throws whatever `slipOf` throws; ReceiptError if a template does not fit
 */
export async function makeCopies(
  voucher: SlipVoucher,
  making: SlipMaking,
  slipOf: SlipOf,
): Promise<MadeSlips> {
  const { record, settings } = voucher
  const { profile, ready } = making
  return {
    profile,
    template: ready === undefined ? templateHash(voucher, making) : 'ready',
    copies: await compileCopies(voucher, making, slipOf),
    async sample() {
      // A slip that the acquirer has made has no common part with those of the library, so its dictionary is empty.
      if (ready !== undefined) return new Uint8Array(0)
      const specimen = { record: specimenOf(slipNameOf(record)), settings }
      return dictionaryOf(await compileCopies(specimen, making, slipOf))
    },
  }
}

async function compileCopies(
  voucher: SlipVoucher,
  { profile, images, ready, copies = copiesOf(voucher.settings) }: SlipMaking,
  slipOf: SlipOf,
): Promise<readonly MadeCopy[]> {
  const { compile } = await import('../../compile.js')
  return copies.map((name) => {
    const slip = ready ?? slipOf(voucher, name, copies)
    const options = images === undefined ? { profile } : { profile, images }
    const { bytes, drawnBlocks, diagnostics } = compile(slip, options)
    return { name, bytes, drawnBlocks, diagnostics }
  })
}

/** SHA-256 of the template, in hexadecimal digits. */
function templateHash({ record }: SlipVoucher, { templates }: SlipMaking): string {
  const name = slipNameOf(record)
  const text = canonicalValue(templates?.[name] ?? SLIP_TEMPLATES[name])
  return Buffer.from(hashBody(text)).toString('hex')
}
