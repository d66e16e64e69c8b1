/** Kefar KR-306: 80 mm, 200 mm/s. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const kefarKr306: Profile = {
  ...generic80,
  id: 'kefar-kr-306',
  vendor: 'Kefar',
  name: 'KR-306',
  printMmPerSecond: 200,
  quirks: [
    'GS ( L is not known to it.',
    'Its code pages have numbers of their own: CP1252 is 11, CP866 is 12.',
  ],
  aliases: [],
  sources: {
    ...generic80.sources,
    widthDots: 'database',
    fonts: 'database: 48 and 64 columns',
    cuts: 'database',
    printMmPerSecond: 'database',
    imageCommand: 'database',
  },
}
