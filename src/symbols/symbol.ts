/** Any symbol of the strip as dots: sent to printers that cannot draw the symbol themselves, and drawn by the virtual printer. */

import type { Bitmap } from '../model/bitmap.js'
import type { SymbolSpec } from '../model/strip.js'
import { barcodeBitmap } from './barcode.js'
import { matrixBitmap } from './matrix.js'
import { qrBitmap } from './qr.js'

/** Draws the symbol without its quiet zone. @throws ReceiptError if the data do not fit the symbology */
export function symbolBitmap(symbol: SymbolSpec): Bitmap {
  switch (symbol.symbology) {
    case 'qr':
      return qrBitmap(symbol)
    case 'pdf417':
    case 'datamatrix':
    case 'aztec':
    case 'maxicode':
    case 'databar-stacked':
    case 'databar-stacked-omni':
    case 'databar-expanded-stacked':
      return matrixBitmap(symbol)
    default:
      return barcodeBitmap(symbol)
  }
}
