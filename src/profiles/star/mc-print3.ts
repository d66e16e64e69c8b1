/** Star mC-Print3 with its ESC/POS mode switched on. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'

export const starMcPrint3: Profile = {
  ...epsonCompatible,
  id: 'star-mc-print3',
  vendor: 'Star Micronics',
  name: 'mC-Print3',
  codePages: [],
  qr: 'raster',
  pdf417: 'raster',
  barcodes: 'none',
  nativeBarcodes: [],
  storedLogos: 'none',
  quirks: ['It speaks StarPRNT when it leaves the factory: switch it to ESC/POS mode first.'],
  sources: {
    ...epsonCompatible.sources,
    name: 'code: receipt-printer-encoder 4.0.1',
    widthDots: 'inferred: 203 dpi on 72 mm, as the other Star models of 80 mm',
    dpi: 'inferred: as the other Star models of 80 mm',
    fonts: 'inferred: cells of 12 and 9',
    codePages: 'guessed: none until they have been tried',
    qr: 'guessed: dots are safe',
    pdf417: 'guessed: dots are safe',
    barcodes: 'guessed: dots are safe',
    cuts: 'guessed: a model of one cut makes it for either command',
  },
}
