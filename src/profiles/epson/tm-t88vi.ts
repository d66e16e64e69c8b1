/** Epson TM-T88VI: 180 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT88vi: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88vi',
  name: 'TM-T88VI',
  widthDots: 512,
  dpi: 180,
  headToCutterDots: 113,
  quirks: [
    'A model with Chinese characters prints hanzi itself: set charset=gb18030-2byte. Without it they print as dots, which both models do.',
  ],
  sources: {
    ...epsonBase.sources,
    name: 'manual: ESC/POS command reference, GS I, list of models',
    widthDots: 'code: receipt-printer-encoder 4.0.1, 42 columns of 12 dots at 180 dpi',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
  },
}
