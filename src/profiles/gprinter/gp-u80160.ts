/** Gprinter GP-U80160I: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpU80160: Profile = {
  ...generic80,
  id: 'gprinter-gp-u80160',
  vendor: 'Gprinter',
  name: 'GP-U80160I',
  aliases: ['GP-U80160'],
  printMmPerSecond: 160,
  quirks: ['Its maker’s software says that only some models draw QR codes, so they print as dots.'],
  sources: {
    ...generic80.sources,
    widthDots: 'users: 576 dots on paper of 80 mm, csdn zoujin6649',
    printMmPerSecond: 'inferred: the name',
    name: 'users: escpos-php, tested printers',
  },
}
