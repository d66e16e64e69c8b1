/** SNBC BTP-R580II: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtpR580ii: Profile = {
  ...generic80,
  id: 'snbc-btp-r580ii',
  vendor: 'SNBC',
  name: 'BTP-R580II',
  aliases: ['BTP-R580'],
  printMmPerSecond: 250,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: BTP-R580II programming manual',
    printMmPerSecond: 'users: a public catalogue for restaurants',
  },
}
