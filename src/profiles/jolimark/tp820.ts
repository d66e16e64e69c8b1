/** Jolimark TP820: 80 mm, Font B of 8x16. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const jolimarkTp820: Profile = {
  ...generic80,
  id: 'jolimark-tp820',
  vendor: 'Jolimark',
  name: 'TP820',
  aliases: [],
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 8, heightDots: 16 } },
  quirks: ['GS BEL n1 n2 n3 beeps on it; it is never sent.'],
  sources: {
    ...generic80.sources,
    widthDots: 'manual: TP820 p. 33, 576 dots by ESC * 33',
    dpi: 'manual: TP820 p. 33',
    fonts: 'manual: TP820 p. 33, A 12x24 and B 8x16',
    hanzi: 'manual: TP820 p. 38, 24x24',
  },
}
