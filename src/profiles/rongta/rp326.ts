/** Rongta RP326: 80 mm; neither dots nor columns are known, so 504 dots are used, which every head of 80 mm has. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { RONGTA_PAGES, rongtaPages } from './pages.js'

export const rongtaRp326: Profile = {
  ...generic80,
  id: 'rongta-rp326',
  vendor: 'Rongta',
  name: 'RP326',
  widthDots: 504,
  codePageTable: 'rongta',
  codePages: rongtaPages,
  buzzer: 'esc-b',
  quirks: [
    'GS ( L is not known to it.',
    'Its width is not known: print the test page. 576 would be usual.',
  ],
  aliases: [],
  sources: {
    ...generic80.sources,
    codePageTable: RONGTA_PAGES,
    codePages: RONGTA_PAGES,
    widthDots: 'guessed: the narrowest head of 80 mm',
    dpi: 'database',
    cuts: 'database',
    buzzer: 'users: escpos-php #142',
    imageCommand: 'database',
  },
}
