/** Epson TM-P80 in its mode of 42 columns: 546 dots, cells of 13. */
import type { Profile } from '../../model/profile.js'
import { epsonTmP80 } from './tm-p80.js'

export const epsonTmP8042col: Profile = {
  ...epsonTmP80,
  id: 'epson-tm-p80-42col',
  name: 'TM-P80, 42 columns',
  widthDots: 546,
  fonts: { A: { widthDots: 13, heightDots: 24 }, B: { widthDots: 9, heightDots: 17 } },
  sources: { ...epsonTmP80.sources, fonts: 'inferred: 42 and 60 columns on 546 dots' },
}
