/** SNBC BTP-R880NP: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const snbcBtpR880np: Profile = {
  ...generic80,
  id: 'snbc-btp-r880np',
  vendor: 'SNBC',
  name: 'BTP-R880NP',
  aliases: ['BTP-R880'],
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: BTP-R880NP programming manual',
  },
}
