/** SPRT SP-POS88III: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const sprtSpPos88iii: Profile = {
  ...generic80,
  id: 'sprt-sp-pos88iii',
  vendor: 'SPRT',
  name: 'SP-POS88III',
  aliases: [],
  verticalUnitsPerInch: 203,
  quirks: [
    'No source states its width: print the test page.',
    'ESC SO and ESC DC4 switch double width on it.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    dpi: 'manual: SP-POS88III p. 14',
    verticalUnitsPerInch: 'manual: SP-POS88III p. 15, ESC 3 n is n/203 inch',
    lineSpacingDots: 'manual: SP-POS88III p. 15',
    qr: 'users: escpos-php #584 for the SP-POS88V, where GS ( k prints as text',
  },
}
