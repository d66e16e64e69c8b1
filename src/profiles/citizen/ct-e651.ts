/** Citizen CT-E651: 80 mm, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { citizenPages } from '../page-sets.js'

export const citizenCtE651: Profile = {
  ...epsonCompatible,
  id: 'citizen-ct-e651',
  vendor: 'Citizen',
  name: 'CT-E651',
  aliases: ['CT-D151'],
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
    name: 'manual: Citizen command reference',
    widthDots: 'inferred: as the CT-S310II',
    dpi: 'inferred: as the CT-S310II',
    fonts: 'inferred: as the CT-S310II',
    qr: 'inferred: as the CT-S310II',
    pdf417: 'inferred: as the CT-S310II',
    barcodes: 'inferred: as the CT-S310II',
    storedLogos: 'manual: Citizen command reference p. 176, GS ( L',
  },
}
