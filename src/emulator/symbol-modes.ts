/** What `GS ( k` sets for each kind of two-dimensional symbol, until `ESC @`. */
import type { QrLevel } from '../model/strip.js'

export interface SymbolModes {
  qrModule: number
  qrLevel: QrLevel
  /** Columns of data; 0 leaves them to the printer. */
  pdf417Columns: number
  pdf417Module: number
  /** Height of a row in modules. */
  pdf417Row: number
  pdf417Level: number
  pdf417Truncated: boolean
  dataMatrixModule: number
  dataMatrixShape: 'square' | 'rectangle'
  aztecModule: number
  aztecErrorPercent: number
  maxiCodeMode: 2 | 3 | 4 | 5 | 6
  databarModule: number
  /** Widest row of an expanded stacked symbol, in dots; 0 is the print area. */
  databarMaxDots: number
}

/** The values after power-on (Epson). */
export function powerOnSymbolModes(): SymbolModes {
  return {
    qrModule: 3,
    qrLevel: 'L',
    pdf417Columns: 0,
    pdf417Module: 3,
    pdf417Row: 3,
    pdf417Level: 1,
    pdf417Truncated: false,
    dataMatrixModule: 3,
    dataMatrixShape: 'square',
    aztecModule: 3,
    aztecErrorPercent: 23,
    maxiCodeMode: 2,
    databarModule: 2,
    databarMaxDots: 0,
  }
}
