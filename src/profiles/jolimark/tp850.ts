/** Jolimark TP850: 80 mm; it answers DLE EOT. */
import type { Profile } from '../../model/profile.js'
import { jolimarkTp820 } from './tp820.js'

export const jolimarkTp850: Profile = {
  ...jolimarkTp820,
  id: 'jolimark-tp850',
  vendor: 'Jolimark',
  name: 'TP850',
  aliases: [],
  answersStatus: true,
  status: { realtime: true, request: null, auto: null, processId: null, clear: null },
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...jolimarkTp820.sources,
    widthDots: 'inferred: as the TP820',
    dpi: 'inferred: as the TP820',
    fonts: 'inferred: as the TP820',
    hanzi: 'inferred: as the TP820',
    answersStatus: 'manual: TP850 p. 44, DLE EOT 1 to 4',
    'status.realtime': 'manual: TP850 p. 44, DLE EOT 1 to 4',
  },
}
