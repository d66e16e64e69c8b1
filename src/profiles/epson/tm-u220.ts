/** Epson TM-U220D: impact printer of 76 mm, 400 half dots, no cutter, no raster. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmU220: Profile = {
  ...epsonBase,
  id: 'epson-tm-u220',
  name: 'TM-U220D',
  aliases: ['TM-U220'],
  paperMm: 76,
  widthDots: 400,
  dpi: 160,
  lineSpacingDots: 24,
  // Dots are half dots across, and of 1/144 inch along the paper: a row of pins is two of them high.
  fonts: { A: { widthDots: 12, heightDots: 18 }, B: { widthDots: 10, heightDots: 18 } },
  hanzi: { widthDots: 32, heightDots: 32 },
  head: '9-pin',
  codePages: commonPages,
  sizeBy: 'esc',
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
    'Impact printer: 9 pins of 1/72 inch, 400 half dots a line; dots of pictures are 2 half dots wide.',
    'TM-U220A and TM-U220B have a cutter: take epson-tm-u220b for them.',
    'escpos-printer-db has 42 and 56 columns from its default; 33 and 40 are used here.',
  ],
  sources: {
    ...epsonBase.sources,
    fonts: 'manual: TM-U220A specification p. 48: A 9x9, B 7x9; 33 and 40 columns',
    hanzi: 'inferred: 16 × 16 dots of mode 0 of ESC *, since the ROM has no hanzi',
    head: 'manual: TM-U220A specification: 9 pins; ESC * of the TM-U230 p. 89',
    imageCommand: 'database: column images only',
    lineSpacingDots: 'inferred: 1/6 inch in units of 1/144 inch',
    dpi: 'manual: TM-U220A specification p. 41, horizontal motion unit of 1/160 inch',
    verticalUnitsPerInch:
      'manual: TM-U220A specification p. 41: 1/144 inch, which is a dot of this profile along the paper; no GS P',
    setsMotionUnits: 'manual: programming guide 10.01 p. 470, no GS P',
    sizeBy:
      'manual: programming guide 10.01 p. 150, no GS !; the TM-U230 begins in Font B, its specification p. 79',
    codePages: 'manual: TM-U220A specification p. 57',
    name: 'manual: programming guide 10.01 p. 371',
    cuts: 'manual: programming guide 10.01 p. 371, the TM-U220D has no cutter',
    headToCutterDots: 'guessed',
  },
}
