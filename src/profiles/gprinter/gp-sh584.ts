/** Gprinter GP-SH584: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const gprinterGpSh584: Profile = {
  ...generic58,
  id: 'gprinter-gp-sh584',
  vendor: 'Gprinter',
  name: 'GP-SH584',
  aliases: [],
  quirks: ['It also prints from its maker’s cloud, which this library does not use.'],
  sources: {
    ...generic58.sources,
    widthDots: 'users: 384 dots on paper of 58 mm, csdn zoujin6649',
    name: 'users: csdn zoujin6649 108710851',
  },
}
