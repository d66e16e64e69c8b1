/** 58 mm printers without Chinese, with the code pages that nearly every vendor numbers alike. Other characters are printed as dots. */
import type { Profile } from '../model/profile.js'
import { generic58 } from './generic-58.js'
import { commonPages } from './page-sets.js'

export const generic58Latin: Profile = {
  ...generic58,
  id: 'generic-58-latin',
  name: 'Generic 58 mm, Latin',
  aliases: [],
  charset: 'none',
  chineseModeAtPowerOn: false,
  codePages: commonPages,
  sources: {
    ...generic58.sources,
    charset: 'guessed: a model without two-byte characters',
    codePages: 'database: the profile "safe" and the pages of most vendors',
  },
}
