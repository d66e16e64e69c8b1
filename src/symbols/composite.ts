/** GS1 composite symbols: a linear barcode, and above it a component of rows with more data (ISO/IEC 24723). */

import type { CompositeName } from '#symbol-generator'
import type { Bitmap } from '../model/bitmap.js'
import { generateModules } from './modules.js'
import { modulesBitmap } from './modules-bitmap.js'

export interface CompositeSymbol {
  readonly symbology: CompositeName
  /** Data of the linear barcode: digits, or element strings as `(01)…`. */
  readonly data: string
  /** Data of the component: element strings. */
  readonly component: string
  /** Whether the component is CC-C, which has the width that GS1-128 needs; else it is the smaller of CC-A and CC-B. */
  readonly large: boolean
  readonly moduleDots: number
  /** Height of the bars. The stacked symbologies and GS1 DataBar ignore it, because their specification has their heights. */
  readonly barDots: number
  /** Even number of symbol characters in a row of `databarexpandedstackedcomposite`. */
  readonly segments: number
}

/** The generator counts heights in mm and draws 72 modules to the inch. */
const MM_PER_MODULE = 25.4 / 72

/**
 * Draws the symbol in dots, without its quiet zone.
 * @throws ReceiptError `SYMBOL_DATA`
 */
export function compositeBitmap(symbol: CompositeSymbol): Bitmap {
  const { symbology, data, component, moduleDots, barDots, segments } = symbol
  const rows = Math.max(1, Math.round(barDots / moduleDots))
  const modules = generateModules(symbology, `${data}|${component}`, {
    ...(symbology === 'databarexpandedstackedcomposite' ? { segments } : {}),
    ...(setsHeight(symbology) ? { height: rows * MM_PER_MODULE } : {}),
    ...(symbol.large ? { ccversion: 'c' } : {}),
  })
  return modulesBitmap(modules, moduleDots)
}

/** Whether the height can be set. It cannot for GS1 DataBar, which has the heights of its specification. */
function setsHeight(symbology: CompositeName): boolean {
  return !symbology.startsWith('databar')
}
