/** Rongta RP58-U: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'
import { RONGTA_PAGES, rongtaPages } from './pages.js'

export const rongtaRp58: Profile = {
  ...generic58,
  id: 'rongta-rp58',
  vendor: 'Rongta',
  name: 'RP58-U',
  aliases: ['RP58'],
  codePageTable: 'rongta',
  codePages: rongtaPages,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic58.sources,
    codePageTable: RONGTA_PAGES,
    codePages: RONGTA_PAGES,
    widthDots: 'guessed: as most models of 58 mm; no source states it',
    name: 'users: escpos-php, tested printers',
  },
}
