/** Shows the result of commands that record a trade. */

import type { AddResult } from '../../vouchers/archive.js'
import { answer, type StoreFlags } from './run.js'

export function showAdded(result: AddResult, { json }: StoreFlags): void {
  if (json === true) {
    answer(result)
    return
  }
  const { id, repeated, batch, voucher, businessDay, warnings } = result
  process.stdout.write(`${repeated ? 'known' : 'added'} ${id} ${batch}/${voucher} ${businessDay}\n`)
  for (const { code, path, message } of warnings) {
    process.stderr.write(`warning ${code} at ${path}: ${message}\n`)
  }
}
