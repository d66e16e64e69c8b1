/** The settings of `GS ( k` for each kind of two-dimensional symbol, until `ESC @`. */
import type { QrLevel } from '../../model/symbologies.js'

export interface SymbolModes {
  qrModel: 1 | 2 | 'micro'
  qrModule: number
  qrLevel: QrLevel
  /** Columns of data; 0 leaves them to the printer. */
  pdf417Columns: number
  pdf417Module: number
  /** Rows; 0 leaves them to the printer. */
  pdf417Rows: number
  /** Height of a row in modules. */
  pdf417Row: number
  pdf417Level: number
  pdf417Truncated: boolean
  dataMatrixModule: number
  dataMatrixShape: 'square' | 'rectangle'
  /** Rows and columns; 0 leaves them to the printer. */
  dataMatrixSize: readonly [number, number]
  aztecModule: number
  aztecFormat: 'unset' | 'full' | 'compact'
  /** Layers of data; 0 leaves them to the printer. */
  aztecLayers: number
  aztecErrorPercent: number
  maxiCodeMode: 2 | 3 | 4 | 5 | 6
  databarModule: number
  /** Widest row of an expanded stacked symbol, in dots; 0 is the print area. */
  databarMaxDots: number
  compositeModule: number
  compositeMaxDots: number
  /** Human readable text below: 0 none, 1 Font A, 2 Font B, 3 Font C. */
  compositeHri: number
}

/** A part of a composite symbol as `GS ( k` 480 stored it. */
export interface CompositePart {
  readonly type: number
  readonly text: string
}

/** The values after power-on (Epson). */
export function powerOnSymbolModes(): SymbolModes {
  return {
    qrModel: 2,
    qrModule: 3,
    qrLevel: 'L',
    pdf417Columns: 0,
    pdf417Module: 3,
    pdf417Rows: 0,
    pdf417Row: 3,
    pdf417Level: 1,
    pdf417Truncated: false,
    dataMatrixModule: 3,
    dataMatrixShape: 'square',
    dataMatrixSize: [0, 0],
    aztecModule: 3,
    aztecFormat: 'unset',
    aztecLayers: 0,
    aztecErrorPercent: 23,
    maxiCodeMode: 2,
    databarModule: 2,
    databarMaxDots: 0,
    compositeModule: 2,
    compositeMaxDots: 0,
    compositeHri: 0,
  }
}
