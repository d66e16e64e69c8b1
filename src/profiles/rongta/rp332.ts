/** Rongta RP332: 80 and 58 mm, full cut only; 42 columns and 21 hanzi make 504 dots. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { RONGTA_PAGES, rongtaPages } from './pages.js'

export const rongtaRp332: Profile = {
  ...generic80,
  id: 'rongta-rp332',
  vendor: 'Rongta',
  name: 'RP332',
  widthDots: 504,
  codePageTable: 'rongta',
  codePages: rongtaPages,
  cuts: ['full'],
  quirks: [
    '21 hanzi a line make 504 dots, its 72 mm make 576: print the test page.',
    'GS ( L is not known to it.',
  ],
  aliases: [],
  sources: {
    ...generic80.sources,
    codePageTable: RONGTA_PAGES,
    codePages: RONGTA_PAGES,
    widthDots: 'inferred: 21 hanzi of 24 dots',
    dpi: 'database',
    fonts: 'database: 42 and 56 columns',
    hanzi: 'database: 21 a line',
    cuts: 'database',
    imageCommand: 'database',
  },
}
