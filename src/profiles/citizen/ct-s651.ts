/** Citizen CT-S651: 80 mm, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { citizenPages } from '../page-sets.js'

export const citizenCtS651: Profile = {
  ...epsonCompatible,
  id: 'citizen-ct-s651',
  vendor: 'Citizen',
  name: 'CT-S651',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 17 },
    C: { widthDots: 8, heightDots: 16 },
  },
  codePageTable: 'citizen',
  codePages: citizenPages,
  quirks: [
    'escpos-printer-db gives 640 dots, which is the width of the paper: 48 columns of 12 make 576.',
  ],
  sources: {
    ...epsonCompatible.sources,
    widthDots: 'inferred: 48 columns of 12 dots',
    codePages:
      'code: receipt-printer-encoder 4.0.1, and the database, which agree but on page 2: CP858 and CP850',
    codePageTable: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'database: 48, 64 and 72 columns; heights guessed',
  },
}
