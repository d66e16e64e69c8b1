/** Epson TM-P20II: carried, 58 mm, no cutter. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmP20ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-p20ii',
  name: 'TM-P20II',
  paperMm: 58,
  widthDots: 384,
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 24 },
    C: { widthDots: 9, heightDots: 17 },
  },
  cuts: [],
  headToCutterDots: 80,
  quirks: ['It has Fonts D (10x24) and E (8x16) as well.'],
  sources: {
    ...epsonBase.sources,
    name: 'code: receipt-printer-encoder 4.0.1',
    widthDots: 'code: receipt-printer-encoder 4.0.1, 32 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    cuts: 'code: receipt-printer-encoder 4.0.1',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    headToCutterDots: 'guessed: head to tear bar taken as 10 mm',
  },
}
