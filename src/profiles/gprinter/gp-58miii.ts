/** Gprinter GP-58MIII: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const gprinterGp58miii: Profile = {
  ...generic58,
  id: 'gprinter-gp-58miii',
  vendor: 'Gprinter',
  name: 'GP-58MIII',
  aliases: [],
  sources: {
    ...generic58.sources,
    widthDots: 'users: 384 dots on paper of 58 mm, csdn zoujin6649',
    name: 'users: csdn zoujin6649 108710851',
  },
}
