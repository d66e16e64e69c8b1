/** Epson TM-m30III: 203 dpi, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmM30iii: Profile = {
  ...epsonBase,
  id: 'epson-tm-m30iii',
  name: 'TM-m30III',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 10, heightDots: 24 },
    C: { widthDots: 9, heightDots: 17 },
  },
  codePages: epsonPages.filter(({ number }) => number !== 19),
  sources: {
    ...epsonBase.sources,
    fonts: 'inferred: 48, 57 and 64 columns on 576 dots; heights guessed',
  },
}
