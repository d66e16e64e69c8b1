/** Rongta RP80: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { RONGTA_PAGES, rongtaPages } from './pages.js'

export const rongtaRp80: Profile = {
  ...generic80,
  id: 'rongta-rp80',
  vendor: 'Rongta',
  name: 'RP80',
  aliases: ['RP80USE'],
  codePageTable: 'rongta',
  codePages: rongtaPages,
  buzzer: 'esc-b',
  quirks: [
    'Its command set has QR codes by GS ( k, functions 65 to 82; they print as dots until someone has scanned one.',
  ],
  sources: {
    ...generic80.sources,
    codePageTable: RONGTA_PAGES,
    codePages: RONGTA_PAGES,
    widthDots: 'inferred: 72 mm at 8 dots, esc_pos_utils for the RP80USE',
    name: 'users: escpos-php, tested printers',
    buzzer: 'manual: RP80 command set, ESC B n t',
  },
}
