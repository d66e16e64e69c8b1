/** Epson TM-T20III: 203 dpi. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT20iii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t20iii',
  name: 'TM-T20III',
  sources: { ...epsonBase.sources },
}
