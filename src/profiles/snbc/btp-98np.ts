/** SNBC BTP-98NP: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtp98np: Profile = {
  ...generic80,
  id: 'snbc-btp-98np',
  vendor: 'SNBC',
  name: 'BTP-98NP',
  aliases: ['BTP-98NPIII'],
  printMmPerSecond: 230,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'users: a public catalogue for restaurants',
    printMmPerSecond: 'users: a public catalogue for restaurants',
  },
}
