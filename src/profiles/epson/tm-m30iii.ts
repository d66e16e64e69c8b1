/** Epson TM-m30III: 203 dpi, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmM30iii: Profile = {
  ...epsonBase,
  id: 'epson-tm-m30iii',
  name: 'TM-m30III',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 10, heightDots: 24 },
    C: { widthDots: 9, heightDots: 17 },
  },
  sources: {
    ...epsonBase.sources,
    fonts: 'code: receipt-printer-encoder 4.0.1, 12x24, 10x24 and 9x17',
    codePages:
      'code: receipt-printer-encoder 4.0.1 has page 19; the database calls pages Unknown that were not tried',
  },
}
