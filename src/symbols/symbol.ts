/** Any symbol of the strip as dots: what a printer that cannot draw it itself is sent, and what the virtual one draws. */

import type { Bitmap } from '../model/bitmap.js'
import type { SymbolSpec } from '../model/strip.js'
import { barcodeBitmap } from './barcode.js'
import { matrixBitmap } from './matrix.js'
import { qrBitmap } from './qr.js'

/** The symbol without its quiet zone. @throws ReceiptError where the data do not fit the symbology */
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
