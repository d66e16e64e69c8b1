/** Star TUP500 with its ESC/POS emulation switched on. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'

export const starTup500: Profile = {
  ...epsonCompatible,
  id: 'star-tup500',
  vendor: 'Star Micronics',
  name: 'TUP500',
  codePages: [],
  qr: 'raster',
  pdf417: 'raster',
  barcodes: 'none',
  nativeBarcodes: [],
  storedLogos: 'none',
  quirks: [
    'In ESC/POS emulation. Code pages change by ESC GS t, which is not sent: what is not ASCII prints as dots.',
    'Its width is not known: print the test page.',
  ],
  widthDots: 504,
  sources: {
    ...epsonCompatible.sources,
    codePages: 'inferred: none by ESC t',
    qr: 'inferred: the database has all features of its default',
    pdf417: 'inferred: the database has all features of its default',
    barcodes: 'inferred: the database has all features of its default',
    widthDots: 'guessed: the narrowest head of 80 mm',
  },
}
