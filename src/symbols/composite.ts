/** GS1 composite symbols: a linear barcode, and above it a component of rows with more data (ISO/IEC 24723). */

import type { CompositeName } from '#symbol-generator'
import type { Bitmap } from '../model/bitmap.js'
import { generateModules } from './modules.js'
import { modulesBitmap } from './modules-bitmap.js'

export interface CompositeSymbol {
  readonly symbology: CompositeName
  /** Of the linear barcode: digits, or element strings as `(01)…`. */
  readonly data: string
  /** Of the component: element strings. */
  readonly component: string
  /** CC-C, which is as wide as GS1-128 needs it; else the smallest of CC-A and CC-B. */
  readonly large: boolean
  readonly moduleDots: number
  /** Height of the bars; the stacked symbologies and GS1 DataBar have their own least heights. */
  readonly barDots: number
  /** Symbol characters of a row of `databarexpandedstackedcomposite`, even. */
  readonly segments: number
}

/** The generator counts heights in mm and draws 72 modules to the inch. */
const MM_PER_MODULE = 25.4 / 72

/**
 * The symbol in dots, without its quiet zone.
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

/** GS1 DataBar has the heights of its specification. */
function setsHeight(symbology: CompositeName): boolean {
  return !symbology.startsWith('databar')
}
