/** Bixolon SRP-352plusIII: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const bixolonSrp352plusiii: Profile = {
  ...epsonCompatible,
  id: 'bixolon-srp-352plusiii',
  vendor: 'Bixolon',
  name: 'SRP-352plusIII',
  aliases: ['SRP-352plus'],
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
    widthDots: 'manual: SRP-350plus command manual, ESC W, 576 dots for the 352',
    dpi: 'inferred: 576 dots on 72 mm',
  },
}
