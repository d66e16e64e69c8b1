/** SNBC BTP-2002CP: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtp2002cp: Profile = {
  ...generic80,
  id: 'snbc-btp-2002cp',
  vendor: 'SNBC',
  name: 'BTP-2002CP',
  aliases: [],
  printMmPerSecond: 200,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'users: a public catalogue for restaurants',
    printMmPerSecond: 'users: a public catalogue for restaurants',
  },
}
