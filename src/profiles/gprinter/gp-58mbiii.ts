/** Gprinter GP-58MBIII+: 58 mm, known by its USB id. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const gprinterGp58mbiii: Profile = {
  ...generic58,
  id: 'gprinter-gp-58mbiii',
  vendor: 'Gprinter',
  name: 'GP-58MBIII+',
  aliases: ['佳博 GP-58MBIII+', 'GP-58'],
  usb: ['6868:0200'],
  sources: {
    ...generic58.sources,
    usb: 'code: sintrb/USB-Printer-Descriptors, strings GPrinter and GP-58',
  },
}
