/** Sunmi P3 MIX: an 80 mm printer inside, without a cutter. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { sunmiPages } from './pages.js'

export const sunmiP3mix: Profile = {
  ...generic80,
  id: 'sunmi-p3mix',
  vendor: 'Sunmi',
  name: 'P3 MIX',
  aliases: [],
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  codePages: sunmiPages,
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: ['upca', 'ean13', 'ean8', 'code39', 'itf', 'codabar', 'code93', 'code128'],
  pdf417: 'native',
  drawnBy: 'raster-line',
  cuts: [],
  sources: {
    ...generic80.sources,
    widthDots: 'code: receipt-printer-encoder 4.0.1, 48 columns of 12 dots',
    cuts: 'code: receipt-printer-encoder 4.0.1 has none',
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
