/** Xprinter XP-Q200: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { xprinterNetwork } from './network.js'

export const xprinterXpQ200: Profile = {
  ...generic80,
  id: 'xprinter-xp-q200',
  vendor: 'Xprinter',
  name: 'XP-Q200',
  aliases: ['XP-Q200II', 'XP-Q20011', 'XP-Q800'],
  codePageTable: 'xprinter',
  network: xprinterNetwork,
  printMmPerSecond: 200,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    codePageTable: 'manual: Xprinter 80 mm command set',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
    name: 'users: escpos-php, tested printers',
    printMmPerSecond: 'users: a public catalogue for restaurants',
  },
}
