/** A printer's name for people. */

import type { PrinterIdentity } from '../printer/types.js'

export function nameOf({ maker, model }: PrinterIdentity): string | undefined {
  return [maker, model].filter(Boolean).join(' ') || undefined
}
