/** Epson TM-L90 with 80 mm paper: process ids by the programming guide. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmL90: Profile = {
  ...epsonBase,
  id: 'epson-tm-l90',
  name: 'TM-L90',
  verticalUnitsPerInch: 406,
  pageModeDots: 738,
  density: 'gs-k',
  speedLevels: 9,
  status: { realtime: true, request: true, auto: true, processId: true, clear: null },
  quirks: [
    'Whether it cuts through or leaves a point is set in the printer, and no command changes it.',
  ],
  sources: {
    ...epsonBase.sources,
    status: 'manual: programming guide 10.01, p. 425',
    verticalUnitsPerInch: 'manual: programming guide 10.01 p. 470, GS P',
    qr: 'manual: programming guide 10.01 p. 536, GS ( k',
    pageModeDots: 'manual: TM-L90 specification p. 98, ESC W: 1476 units of 1/406 inch',
    density: 'manual: TM-L90 specification p. 166, GS ( K fn 49',
    speedLevels: 'manual: programming guide 10.01 p. 447, GS ( K fn 50',
    cuts: 'manual: TM-L90 specification p. 187',
  },
}
