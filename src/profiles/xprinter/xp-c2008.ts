/** Xprinter XP-C2008: 80 mm; a switch inside turns two-byte characters off. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { xprinterNetwork } from './network.js'

export const xprinterXpC2008: Profile = {
  ...generic80,
  id: 'xprinter-xp-c2008',
  vendor: 'Xprinter',
  name: 'XP-C2008',
  aliases: ['芯烨 XP-C2008'],
  codePageTable: 'xprinter',
  network: xprinterNetwork,
  quirks: ['DIP switch SW-4 must be OFF for two-byte characters.'],
  sources: {
    ...generic80.sources,
    quirks: 'users: escpos-php #735',
    codePageTable: 'manual: Xprinter 80 mm command set',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
  },
}
