/** Bixolon SRP-350III: 180 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const bixolonSrp350iii: Profile = {
  ...epsonCompatible,
  id: 'bixolon-srp-350iii',
  vendor: 'Bixolon',
  name: 'SRP-350III',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 17 },
    C: { widthDots: 9, heightDots: 24 },
  },
  codePages: commonPages,
  cuts: ['partial'],
  sources: {
    ...epsonCompatible.sources,
    codePages: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    cuts: 'guessed: the cautious one of the two; no text was found',
    name: 'code: receipt-printer-encoder 4.0.1',
    widthDots: 'code: receipt-printer-encoder 4.0.1, 42 columns of 12 dots at 180 dpi',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    verticalUnitsPerInch:
      'inferred: SRP-350plus command manual, ESC W, where the longest area is 1662/360 inch',
  },
}
