/** Gprinter GP-58130IVC: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const gprinterGp58130: Profile = {
  ...generic58,
  id: 'gprinter-gp-58130',
  vendor: 'Gprinter',
  name: 'GP-58130IVC',
  aliases: ['GP-58130'],
  printMmPerSecond: 130,
  sources: {
    ...generic58.sources,
    widthDots: 'users: 384 dots on paper of 58 mm, csdn zoujin6649',
    printMmPerSecond: 'inferred: the name',
    name: 'users: escpos-php, tested printers',
  },
}
