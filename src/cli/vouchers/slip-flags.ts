/** Reads the names of copies and the templates on the command line. */

import type { VoucherRecord } from '../../vouchers/archive.js'
import type { CopyName } from '../../vouchers/settings.js'
import type { SlipTemplates } from '../../vouchers/slips/templates.js'
import { inputError } from '../fail.js'
import { readJson } from '../input.js'

export const COPIES: readonly CopyName[] = ['merchant', 'cardholder', 'bank']

export function copiesOf(text: string): readonly CopyName[] {
  return text.split(',').map((name) => {
    const copy = COPIES.find((one) => one === name.trim())
    if (copy !== undefined) return copy
    throw inputError(
      'COPY_UNKNOWN',
      `no copy is called ${name}`,
      `use ${COPIES.join(', ')}`,
      'copies',
    )
  })
}

export async function templatesOf(
  { template }: { readonly template?: string },
  { kind }: VoucherRecord,
): Promise<SlipTemplates> {
  if (template === undefined) return {}
  const json = (await readJson(template)) as object
  if (kind === 'cash') return { cash: json }
  return kind === 'card' || kind === 'ec' ? { card: json } : { scan: json }
}
