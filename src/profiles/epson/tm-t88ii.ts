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
  headToCutterDots: 113,
  codePages: commonPages.filter(({ number }) => number < 19),
  qr: 'raster',
  pdf417: 'raster',
  quirks: [
    'escpos-printer-db has all features of its default for this printer of 2000; QR and PDF417 print as dots until someone has seen them.',
  ],
  sources: {
    ...epsonBase.sources,
    qr: 'inferred: older than the command',
    pdf417: 'inferred: not seen',
  },
}
