/** 80 mm printers without Chinese, with the code pages that nearly every vendor numbers alike. Other characters are printed as dots. */
import type { Profile } from '../model/profile.js'
import { generic80 } from './generic-80.js'
import { commonPages } from './page-sets.js'

export const generic80Latin: Profile = {
  ...generic80,
  id: 'generic-80-latin',
  name: 'Generic 80 mm, Latin',
  aliases: [],
  charset: 'none',
  chineseModeAtPowerOn: false,
  codePages: commonPages,
  sources: {
    ...generic80.sources,
    charset: 'guessed: a model without two-byte characters',
    codePages: 'database: the profile "safe" and the pages of most vendors',
  },
}
