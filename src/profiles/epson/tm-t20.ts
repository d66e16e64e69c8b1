/** Epson TM-T20: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT20: Profile = {
  ...epsonBase,
  id: 'epson-tm-t20',
  name: 'TM-T20',
  verticalUnitsPerInch: 406,
  sources: {
    ...epsonBase.sources,
    name: 'manual: TM-T20 ESC/POS quick reference',
    widthDots: 'inferred: as the TM-T20II',
    dpi: 'inferred: as the TM-T20II',
    fonts: 'inferred: as the TM-T20II',
    codePages: 'inferred: as the TM-T20II',
    qr: 'inferred: as the TM-T20II',
    pdf417: 'inferred: as the TM-T20II',
    barcodes: 'inferred: as the TM-T20II',
    verticalUnitsPerInch: 'code: Epson’s sample calls ESC 3 18 a spacing of 18/406 inch',
  },
}
