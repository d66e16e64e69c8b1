/** Draws a slip as it is sent, for real printers, whose paper the page cannot show. */

import { compile } from '../compile.js'
import { printBytes } from '../emulator/virtual-printer.js'
import { paperToPng } from '../paper/views/paper-png.js'
import type { VoucherRecord } from '../vouchers/archive.js'
import { VoucherError } from '../vouchers/errors.js'
import { COPY_NAMES, copiesOf } from '../vouchers/settings.js'
import { makeSlip } from '../vouchers/slips/make-slip.js'
import type { Desk } from './counter-options.js'

/** @throws VoucherError `COPY_INVALID`, `NO_SLIP` */
export async function slipPicture(
  { archive, profile }: Desk,
  record: VoucherRecord,
  copyName: string,
): Promise<Uint8Array> {
  const name = COPY_NAMES.find((one) => one === copyName)
  if (name === undefined) {
    throw new VoucherError('no copy has this name', { code: 'COPY_INVALID', path: 'copy' })
  }
  const settings = await archive.settings(record.terminal)
  const copies = copiesOf(settings)
  const { originalId } = record
  const receipt = makeSlip(record, settings, {
    copy: { name, number: Math.max(copies.indexOf(name), 0) + 1, of: copies.length },
    ...(originalId === undefined ? {} : { original: await archive.get(originalId) }),
  })
  return paperToPng(printBytes(compile(receipt, { profile }).bytes, profile))
}
