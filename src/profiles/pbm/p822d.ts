/** PBM P822D: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const pbmP822d: Profile = {
  ...generic80,
  id: 'pbm-p822d',
  vendor: 'PBM',
  name: 'P822D',
  quirks: [
    'GS ( L is not known to it.',
    'escpos-printer-db has 42 and 56 columns from its default; 576 dots hold 48 and 64.',
  ],
  aliases: [],
  sources: {
    ...generic80.sources,
    widthDots: 'database',
    fonts: 'inferred: 576 dots in cells of 12 and 9',
    cuts: 'database',
    imageCommand: 'database',
  },
}
