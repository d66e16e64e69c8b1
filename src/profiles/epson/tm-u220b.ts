/** Epson TM-U220B: as TM-U220, with a partial cut. */
import type { Profile } from '../../model/profile.js'
import { epsonTmU220 } from './tm-u220.js'

export const epsonTmU220b: Profile = {
  ...epsonTmU220,
  id: 'epson-tm-u220b',
  name: 'TM-U220B',
  cuts: ['partial'],
  sources: { ...epsonTmU220.sources },
}
