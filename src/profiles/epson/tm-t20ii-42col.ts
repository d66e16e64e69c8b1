/** Epson TM-T20II in its mode of 42 columns: 546 dots, cells of 13. */
import type { Profile } from '../../model/profile.js'
import { epsonTmT20ii } from './tm-t20ii.js'

export const epsonTmT20ii42col: Profile = {
  ...epsonTmT20ii,
  id: 'epson-tm-t20ii-42col',
  name: 'TM-T20II, 42 columns',
  widthDots: 546,
  fonts: { A: { widthDots: 13, heightDots: 24 }, B: { widthDots: 9, heightDots: 17 } },
  sources: { ...epsonTmT20ii.sources, fonts: 'inferred: 42 and 60 columns on 546 dots' },
}
