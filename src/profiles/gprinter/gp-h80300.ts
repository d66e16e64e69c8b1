/** Gprinter GP-H80300: 80 mm, buzzer by ESC B. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const gprinterGpH80300: Profile = {
  ...generic80,
  id: 'gprinter-gp-h80300',
  vendor: 'Gprinter',
  name: 'GP-H80300',
  aliases: ['佳博 GP-H80300'],
  buzzer: 'esc-b',
  printMmPerSecond: 300,
  sources: {
    ...generic80.sources,
    buzzer: 'code: chn-escpos',
    printMmPerSecond: 'inferred: the name',
  },
}
