/** Star TSP600 with its ESC/POS emulation switched on. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'

export const starTsp600: Profile = {
  ...epsonCompatible,
  id: 'star-tsp600',
  vendor: 'Star Micronics',
  name: 'TSP600',
  codePages: [],
  qr: 'raster',
  pdf417: 'raster',
  barcodes: 'none',
  nativeBarcodes: [],
  storedLogos: 'none',
  quirks: [
    'In ESC/POS emulation. Code pages change by ESC GS t, which is not sent: what is not ASCII prints as dots.',
  ],
  sources: {
    ...epsonCompatible.sources,
    codePages: 'inferred: none by ESC t',
    qr: 'inferred: the database has all features of its default',
    pdf417: 'inferred: the database has all features of its default',
    barcodes: 'inferred: the database has all features of its default',
    fonts: 'inferred: cells of 12 and 9; the database has its default’s 42 and 56 columns',
  },
}
