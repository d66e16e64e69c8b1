/** SPRT SP-POS58III: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const sprtSpPos58iii: Profile = {
  ...generic58,
  id: 'sprt-sp-pos58iii',
  vendor: 'SPRT',
  name: 'SP-POS58III',
  aliases: [],
  verticalUnitsPerInch: 203,
  answersStatus: true,
  status: { realtime: true, request: null, auto: null, processId: null, clear: null },
  quirks: [
    'No source states its width: print the test page.',
    'ESC SO and ESC DC4 switch double width on it.',
  ],
  sources: {
    ...generic58.sources,
    widthDots: 'guessed: as most models of 58 mm; no source states it',
    dpi: 'inferred: as the SP-POS58IV',
    verticalUnitsPerInch: 'inferred: as the SP-POS58IV',
    lineSpacingDots: 'inferred: as the SP-POS58IV',
    cuts: 'manual: p. 27, the bit of the cutter is fixed',
    answersStatus: 'manual: p. 27, DLE EOT 1 to 4',
    'status.realtime': 'manual: p. 27, DLE EOT 1 to 4',
    name: 'manual: its user manual',
  },
}
