/** Gprinter GP-L80160: 80 mm, buzzer by ESC B. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpL80160: Profile = {
  ...generic80,
  id: 'gprinter-gp-l80160',
  vendor: 'Gprinter',
  name: 'GP-L80160',
  aliases: ['佳博 GP-L80160'],
  buzzer: 'esc-b',
  printMmPerSecond: 160,
  sources: {
    ...generic80.sources,
    buzzer: 'code: chn-escpos',
    printMmPerSecond: 'inferred: the name',
  },
}
