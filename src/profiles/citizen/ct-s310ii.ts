/** Citizen CT-S310II: 80 mm, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { citizenPages } from '../page-sets.js'

export const citizenCtS310ii: Profile = {
  ...epsonCompatible,
  id: 'citizen-ct-s310ii',
  vendor: 'Citizen',
  name: 'CT-S310II',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 24 },
    C: { widthDots: 8, heightDots: 16 },
  },
  codePageTable: 'citizen',
  codePages: citizenPages,
  sources: {
    ...epsonCompatible.sources,
    codePageTable: 'code: receipt-printer-encoder 4.0.1',
    codePages: 'code: receipt-printer-encoder 4.0.1',
    name: 'code: receipt-printer-encoder 4.0.1',
    widthDots: 'code: receipt-printer-encoder 4.0.1, 48 columns of 12 dots',
    dpi: 'code: receipt-printer-encoder 4.0.1',
    fonts: 'code: receipt-printer-encoder 4.0.1',
    qr: 'code: receipt-printer-encoder 4.0.1',
    pdf417: 'code: receipt-printer-encoder 4.0.1',
    barcodes: 'code: receipt-printer-encoder 4.0.1',
    storedLogos: 'manual: Citizen command reference p. 176, GS ( L',
  },
}
