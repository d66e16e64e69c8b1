/** Gprinter GP-L80180I: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpL80180: Profile = {
  ...generic80,
  id: 'gprinter-gp-l80180',
  vendor: 'Gprinter',
  name: 'GP-L80180I',
  aliases: ['GP-L80180', 'GP-L80180 Series'],
  usb: ['8866:0100'],
  printMmPerSecond: 180,
  quirks: [
    'Its maker’s software says that only some models draw QR codes, so they print as dots.',
    'On a serial line its user set 38400 baud.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'users: 576 dots on paper of 80 mm, csdn zoujin6649',
    printMmPerSecond: 'inferred: the name',
    name: 'users: csdn wowocpp 80748184, its Windows driver is GP-L80180 Series',
    usb: 'users: csdn wowocpp 105811192',
  },
}
