/** Epson TM-T88III: 180 dpi, no process ids. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT88iii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88iii',
  name: 'TM-T88III',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  qr: 'raster',
  pdf417: 'raster',
  codePages: commonPages.filter(({ number }) => number !== 18),
  status: { realtime: true, request: true, auto: true, processId: false, clear: true },
  quirks: ['escpos-printer-db has CP862 under 18, where others have CP852: it is left out.'],
  sources: {
    ...epsonBase.sources,
    qr: 'manual: programming guide 10.01 p. 536 gives GS ( k to TM-T90 and TM-L90 alone',
    pdf417: 'code: receipt-printer-encoder 4.0.1; the database has all features of its default',
    cuts: 'manual: TM-T88III specification, autocutter: partial',
    status:
      'manual: TM-T88III specification p. 84 to 86, 143 to 145; no GS ( H by the programming guide',
    verticalUnitsPerInch: 'manual: TM-T88III specification p. 127, GS P',
    headToCutterDots: 'manual: TM-T88III specification 1.7, and 1 mm to spare',
  },
}
