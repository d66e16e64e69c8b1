/** Epson TM-U220B and TM-U220A: as TM-U220D, with a partial cut. */
import type { Profile } from '../../model/profile.js'
import { epsonTmU220 } from './tm-u220.js'

export const epsonTmU220b: Profile = {
  ...epsonTmU220,
  id: 'epson-tm-u220b',
  name: 'TM-U220B',
  aliases: ['TM-U220A'],
  quirks: epsonTmU220.quirks.filter((quirk) => !quirk.includes('TM-U220A')),
  cuts: ['partial'],
  headToCutterDots: 159,
  sources: {
    ...epsonTmU220.sources,
    cuts: 'manual: programming guide 10.01 p. 371, one point is left',
    headToCutterDots: 'manual: programming guide 10.01 p. 371: 27 mm, and 1 mm to spare',
  },
}
