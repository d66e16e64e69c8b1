/** Zjiang POS-8360: 80 mm, with QR codes of its own. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { commonPages } from '../page-sets.js'

export const zjiangPos8360: Profile = {
  ...generic80,
  id: 'zjiang-pos-8360',
  vendor: 'Zjiang',
  name: 'POS-8360',
  aliases: ['ZJ-8220', 'ZJ-8250'],
  codePages: commonPages,
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: ['upca', 'ean13', 'ean8', 'code39', 'itf', 'codabar', 'code93', 'code128'],
  pdf417: 'native',
  sources: {
    ...generic80.sources,
    widthDots: 'code: receipt-printer-encoder 4.0.1, 48 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    cuts: 'guessed: no source tells which of the two it makes',
    aliases: 'users: escpos-php, tested printers',
  },
}
