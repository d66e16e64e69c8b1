/** SNBC BTP-U80: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtpU80: Profile = {
  ...generic80,
  id: 'snbc-btp-u80',
  vendor: 'SNBC',
  name: 'BTP-U80',
  aliases: ['BTP-S80'],
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'users: a public catalogue for restaurants',
  },
}
