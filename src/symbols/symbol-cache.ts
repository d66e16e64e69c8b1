/** The modules of codes that were computed: layout, encoder and preview ask for the same code, and compute it once. */

import type { Modules } from './modules-bitmap.js'

/** Every value that the modules follow from. JSON keeps the parts apart, because it quotes text and ends each value. */
export type SymbolKey = readonly [
  generator: string,
  data: string,
  options: Readonly<Record<string, string | number | boolean>>,
]

/** Enough for the codes of a few receipts. The largest have 177 × 177 modules, so that all take about a megabyte. */
const MAX_SYMBOLS = 32

const symbols = new Map<string, Modules>()

/**
 * The modules that `make` gives for this key. The 32 that were asked for last are kept. The result
 * is shared between callers, so it must not be written to.
 *
 * @example cachedModules(['qr', data, { level, version }], () => drawQr(data, level, version))
 */
export function cachedModules(key: SymbolKey, make: () => Modules): Modules {
  const text = JSON.stringify(key)
  const known = symbols.get(text)
  const modules = known ?? make()
  // A map hands its keys out in the order in which they were set, so the first one has waited longest.
  symbols.delete(text)
  symbols.set(text, modules)
  if (symbols.size > MAX_SYMBOLS) symbols.delete(symbols.keys().next().value as string)
  return modules
}
