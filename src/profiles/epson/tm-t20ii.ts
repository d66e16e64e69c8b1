/** Epson TM-T20II: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT20ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t20ii',
  name: 'TM-T20II',
  verticalUnitsPerInch: 406,
  quirks: ['Gaps of a dot between bands of a picture are reported.'],
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch:
      'inferred: Epson’s sample for the TM-T20 calls ESC 3 18 a spacing of 18/406 inch',
  },
}
