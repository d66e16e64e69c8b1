/** Gprinter GP-5890X: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const gprinterGp5890x: Profile = {
  ...generic58,
  id: 'gprinter-gp-5890x',
  vendor: 'Gprinter',
  name: 'GP-5890X',
  aliases: ['GP-5890XIII'],
  sources: {
    ...generic58.sources,
    widthDots: 'users: 384 dots on paper of 58 mm, csdn zoujin6649',
    name: 'users: escpos-php, tested printers',
  },
}
