/** Metapace T-1: 180 dpi, 504 dots; its buzzer is RS. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const metapaceT1: Profile = {
  ...epsonCompatible,
  id: 'metapace-t-1',
  vendor: 'Metapace',
  name: 'T-1',
  widthDots: 504,
  dpi: 180,
  headToCutterDots: 113,
  qr: 'raster',
  pdf417: 'raster',
  buzzer: 'rs',
  codePages: commonPages.filter(({ number }) => number < 16 || number === 19),
  sources: {
    ...epsonCompatible.sources,
    qr: 'code: receipt-printer-encoder 4.0.1; the database has all features of its default',
    pdf417: 'code: receipt-printer-encoder 4.0.1; the database has all features of its default',
    buzzer: 'users: escpos-php #174',
  },
}
