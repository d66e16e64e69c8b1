/** Gprinter GP-L80250I: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpL80250: Profile = {
  ...generic80,
  id: 'gprinter-gp-l80250',
  vendor: 'Gprinter',
  name: 'GP-L80250I',
  aliases: ['GP-L80250', 'GP-L80250 Series'],
  printMmPerSecond: 250,
  quirks: ['Its maker’s software says that only some models draw QR codes, so they print as dots.'],
  sources: {
    ...generic80.sources,
    widthDots: 'users: 576 dots on paper of 80 mm, csdn zoujin6649',
    printMmPerSecond: 'inferred: the name',
    name: 'users: its Windows driver is GP-L80250 Series',
  },
}
