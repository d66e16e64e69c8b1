/** Star TSP800 with its ESC/POS emulation switched on. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'

export const starTsp800: Profile = {
  ...epsonCompatible,
  id: 'star-tsp800',
  vendor: 'Star Micronics',
  name: 'TSP800',
  codePages: [],
  qr: 'raster',
  pdf417: 'raster',
  barcodes: 'none',
  nativeBarcodes: [],
  storedLogos: 'none',
  quirks: [
    'In ESC/POS emulation. Code pages change by ESC GS t, which is not sent: what is not ASCII prints as dots.',
  ],
  widthDots: 833,
  paperMm: 112,
  sources: {
    ...epsonCompatible.sources,
    codePages: 'inferred: none by ESC t',
    qr: 'inferred: the database has all features of its default',
    pdf417: 'inferred: the database has all features of its default',
    barcodes: 'inferred: the database has all features of its default',
    fonts: 'inferred: cells of 12 and 9; the database has its default’s 42 and 56 columns',
  },
}
