/** Xprinter XP-C260: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { xprinterNetwork } from './network.js'

export const xprinterXpC260: Profile = {
  ...generic80,
  id: 'xprinter-xp-c260',
  vendor: 'Xprinter',
  name: 'XP-C260',
  aliases: [],
  codePageTable: 'xprinter',
  network: xprinterNetwork,
  quirks: [
    'No source states its width: print the test page.',
    'Page mode is only on C300H, D300N and others: it is not on this model.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    codePageTable: 'manual: Xprinter 80 mm command set',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
    name: 'manual: XP-80XX programmer manual',
  },
}
