/** SPRT SP-POS891: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const sprtSpPos891: Profile = {
  ...generic80,
  id: 'sprt-sp-pos891',
  vendor: 'SPRT',
  name: 'SP-POS891',
  aliases: [],
  verticalUnitsPerInch: 203,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'users: escpos-php, tested printers',
    dpi: 'inferred: as the SP-POS88III',
    verticalUnitsPerInch: 'inferred: as the SP-POS88III',
  },
}
