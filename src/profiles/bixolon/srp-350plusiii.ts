/** Bixolon SRP-350plusIII: 180 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const bixolonSrp350plusiii: Profile = {
  ...epsonCompatible,
  id: 'bixolon-srp-350plusiii',
  vendor: 'Bixolon',
  name: 'SRP-350plusIII',
  aliases: ['SRP-350plus'],
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
    name: 'manual: SRP-350/352plusIII command manual',
    widthDots: 'manual: SRP-350plus command manual, ESC W, 512 dots',
    dpi: 'inferred: 512 dots on 72 mm',
    verticalUnitsPerInch:
      'inferred: SRP-350plus command manual, ESC W, where the longest area is 1662/360 inch',
  },
}
