/** Gprinter GP-C80250II: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpC80250: Profile = {
  ...generic80,
  id: 'gprinter-gp-c80250',
  vendor: 'Gprinter',
  name: 'GP-C80250II',
  aliases: ['GP-C80250', 'GP-C80250I'],
  printMmPerSecond: 250,
  quirks: ['Its maker’s software says that only some models draw QR codes, so they print as dots.'],
  sources: {
    ...generic80.sources,
    widthDots: 'users: 576 dots on paper of 80 mm, csdn zoujin6649',
    printMmPerSecond: 'inferred: the name',
    name: 'users: a public catalogue for restaurants',
  },
}
