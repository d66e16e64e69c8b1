/** Bixolon SRP-S300: 80 mm, three fonts; QR codes up to 7092 bytes. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const bixolonSrpS300: Profile = {
  ...epsonCompatible,
  id: 'bixolon-srp-s300',
  vendor: 'Bixolon',
  name: 'SRP-S300',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 17 },
    C: { widthDots: 9, heightDots: 24 },
  },
  codePages: commonPages,
  qrMaxBytes: 7092,
  quirks: [
    'escpos-printer-db gives 640 dots, which is the width of the paper: 48 columns of 12 make 576.',
  ],
  sources: {
    ...epsonCompatible.sources,
    widthDots: 'inferred: 48 columns of 12 dots',
    fonts: 'database: 48, 64 and 64 columns; heights guessed',
    qrMaxBytes: 'manual: Bixolon',
  },
}
