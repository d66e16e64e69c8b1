/** Rongta RP325: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { RONGTA_PAGES, rongtaPages } from './pages.js'

export const rongtaRp325: Profile = {
  ...generic80,
  id: 'rongta-rp325',
  vendor: 'Rongta',
  name: 'RP325',
  aliases: ['RP327', 'RP328'],
  codePageTable: 'rongta',
  codePages: rongtaPages,
  quirks: [
    'No source states its width: print the test page.',
    'Its command set has QR codes by GS ( k, functions 65 to 82; they print as dots until someone has scanned one.',
  ],
  sources: {
    ...generic80.sources,
    codePageTable: RONGTA_PAGES,
    codePages: RONGTA_PAGES,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: RP325, RP326, RP327, RP328 command set V1.0',
  },
}
