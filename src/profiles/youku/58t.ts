/** Youku 58T: 58 mm, with QR codes of its own. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const youku58t: Profile = {
  ...generic58,
  id: 'youku-58t',
  vendor: 'Youku',
  name: '58T',
  aliases: [],
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 9, heightDots: 24 } },
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: ['upca', 'ean13', 'ean8', 'code39', 'itf', 'codabar', 'code93', 'code128'],
  quirks: ['Its code pages have numbers of their own: CP1251 is 6, CP866 is 7, CP862 is 15.'],
  sources: {
    ...generic58.sources,
    widthDots: 'code: receipt-printer-encoder 4.0.1, 32 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    cuts: 'code: receipt-printer-encoder 4.0.1',
  },
}
