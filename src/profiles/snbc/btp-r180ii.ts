/** SNBC BTP-R180II: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtpR180ii: Profile = {
  ...generic80,
  id: 'snbc-btp-r180ii',
  vendor: 'SNBC',
  name: 'BTP-R180II',
  aliases: ['BTP-R180'],
  quirks: [
    'No source states its width: print the test page.',
    'It has GS ( k by its manual; codes print as dots until someone has scanned one.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: BTP-R180II programming manual',
  },
}
