/** SPRT SP-POS58IV: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const sprtSpPos58iv: Profile = {
  ...generic58,
  id: 'sprt-sp-pos58iv',
  vendor: 'SPRT',
  name: 'SP-POS58IV',
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
    dpi: 'manual: SP-POS58IV p. 13',
    verticalUnitsPerInch: 'manual: SP-POS58IV p. 13, ESC 3 n is n/203 inch',
    lineSpacingDots: 'manual: SP-POS58IV p. 13',
    cuts: 'manual: p. 27, the bit of the cutter is fixed',
    answersStatus: 'manual: p. 27, DLE EOT 1 to 4',
    'status.realtime': 'manual: p. 27, DLE EOT 1 to 4',
    name: 'manual: its user manual',
  },
}
