/** Sunmi P2SE: a 58 mm printer inside. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'
import { sunmiPages } from './pages.js'

export const sunmiP2se: Profile = {
  ...generic58,
  id: 'sunmi-p2se',
  vendor: 'Sunmi',
  name: 'P2SE',
  aliases: [],
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  codePages: sunmiPages,
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: ['upca', 'ean13', 'ean8', 'code39', 'itf', 'codabar', 'code93', 'code128'],
  pdf417: 'native',
  drawnBy: 'raster-line',
  sources: {
    ...generic58.sources,
    widthDots: 'code: receipt-printer-encoder 4.0.1, 32 columns of 12 dots',
    cuts: 'code: receipt-printer-encoder 4.0.1',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    charset: 'inferred: as the V2',
    chineseModeAtPowerOn: 'inferred: as the V2',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    drawnBy: 'inferred: as the V2, whose ESC * is unreliable',
  },
}
