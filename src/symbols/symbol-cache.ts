/** A cache of computed modules, because layout, encoder and preview ask for the same code. */

import type { Modules } from './modules-bitmap.js'

/** All values on which the modules depend. As JSON the key is unambiguous, because JSON quotes text and delimits values. */
export type SymbolKey = readonly [
  generator: string,
  data: string,
  options: Readonly<Record<string, string | number | boolean>>,
]

/** Enough for the codes of a few receipts. The largest QR codes have 177 × 177 modules, so that 32 take about a megabyte. */
const MAX_SYMBOLS = 32

const symbols = new Map<string, Modules>()

/**
 * Returns the modules for this key from the cache, or else from `make`. The 32 that were asked for last are kept. The
 * result is shared between callers, so it must not be written to.
 *
 * @example cachedModules(['qr', data, { level, version }], () => drawQr(data, level, version))
 */
export function cachedModules(key: SymbolKey, make: () => Modules): Modules {
  const text = JSON.stringify(key)
  const known = symbols.get(text)
  const modules = known ?? make()
  // A map iterates over its keys in the order in which they were set, so the first key is the one that was used longest ago.
  symbols.delete(text)
  symbols.set(text, modules)
  if (symbols.size > MAX_SYMBOLS) symbols.delete(symbols.keys().next().value as string)
  return modules
}
