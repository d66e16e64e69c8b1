/** Micro QR codes, M1 to M4 (ISO/IEC 18004). */

import type { Bitmap } from '../model/bitmap.js'
import type { QrLevel } from '../model/symbologies.js'
import { generateModules } from './modules.js'
import { modulesBitmap } from './modules-bitmap.js'

/**
 * Draws the smallest code that holds the data, in dots, without its quiet zone of two modules. Level H does not exist.
 * @throws ReceiptError `SYMBOL_DATA`
 */
export function microQrBitmap(data: string, level: QrLevel, moduleDots: number): Bitmap {
  return modulesBitmap(generateModules('microqrcode', data, { eclevel: level }), moduleDots)
}
