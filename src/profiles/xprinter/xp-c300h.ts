/** Xprinter XP-C300H: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { xprinterNetwork } from './network.js'

export const xprinterXpC300h: Profile = {
  ...generic80,
  id: 'xprinter-xp-c300h',
  vendor: 'Xprinter',
  name: 'XP-C300H',
  aliases: ['XP-D300N'],
  codePageTable: 'xprinter',
  network: xprinterNetwork,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    codePageTable: 'manual: Xprinter 80 mm command set',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
    name: 'manual: XP-80XX programmer manual, note 7',
  },
}
