/** Epson TM-T88II: 180 dpi. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT88ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88ii',
  name: 'TM-T88II',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  codePages: commonPages.filter(({ number }) => number < 19),
  qr: 'raster',
  pdf417: 'raster',
  quirks: [
    'escpos-printer-db has all features of its default for this printer of 2000; QR and PDF417 print as dots until someone has seen them.',
  ],
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch:
      'inferred: TM-T88 information manual 1-48, which says so of TM-T88 and TM-T85',
    cuts: 'manual: TM-T90 specification App. 18, m 1, 49 and 66 only: a full cut would be no command',
    qr: 'code: receipt-printer-encoder 4.0.1; older than the command',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
  },
}
