/** Epson TM-T20IV: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT20iv: Profile = {
  ...epsonBase,
  id: 'epson-tm-t20iv',
  name: 'TM-T20IV',
  quirks: [
    'A model with Chinese characters prints hanzi itself: set charset=gb18030-2byte. Without it they print as dots, which both models do.',
  ],
  sources: {
    ...epsonBase.sources,
    name: 'code: receipt-printer-encoder 4.0.1',
    widthDots: 'code: receipt-printer-encoder 4.0.1, 48 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
  },
}
