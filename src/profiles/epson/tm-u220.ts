/** Epson TM-U220: impact printer of 76 mm, 400 half dots, no cutter, no raster. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmU220: Profile = {
  ...epsonBase,
  id: 'epson-tm-u220',
  name: 'TM-U220',
  paperMm: 76,
  widthDots: 400,
  dpi: 160,
  lineSpacingDots: 24,
  fonts: { A: { widthDots: 10, heightDots: 9 }, B: { widthDots: 12, heightDots: 9 } },
  codePages: commonPages.slice(0, 1),
  setsMotionUnits: false,
  drawnBy: 'column-image',
  qr: 'raster',
  barcodes: 'none',
  nativeBarcodes: [],
  pdf417: 'raster',
  storedLogos: 'none',
  imageCommand: 'esc-star-8',
  cuts: [],
  quirks: [
    'Impact printer: 9 pins, 400 half dots a line, rows of 1/72 inch. Pictures come out too high.',
    'escpos-printer-db has 42 and 56 columns from its default; 40 and 33 are used here.',
  ],
  sources: {
    ...epsonBase.sources,
    fonts: 'guessed: 40 columns of 7x9, 33 of 9x9',
    imageCommand: 'database: column images only',
    lineSpacingDots: 'guessed',
    dpi: 'inferred: 400 half dots on 63.4 mm',
    headToCutterDots: 'guessed',
  },
}
