/** Epson TM-T20II: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT20ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t20ii',
  name: 'TM-T20II',
  quirks: ['Gaps of a dot between bands of a picture are reported.'],
  sources: { ...epsonBase.sources },
}
