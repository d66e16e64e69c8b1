/** Returns a printer's name for people, from its maker and model; undefined if both are unknown. */

import type { PrinterIdentity } from '../printer/types.js'

export function nameOf({ maker, model }: PrinterIdentity): string | undefined {
  return [maker, model].filter(Boolean).join(' ') || undefined
}
