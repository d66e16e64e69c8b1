/** Xprinter XP-T58H: 58 mm, known by its USB id. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const xprinterXpT58h: Profile = {
  ...generic58,
  id: 'xprinter-xp-t58h',
  vendor: 'Xprinter',
  name: 'XP-T58H',
  aliases: ['芯烨 XP-T58H'],
  codePageTable: 'xprinter',
  usb: ['0483:5743'],
  sources: {
    ...generic58.sources,
    usb: 'code: sintrb/USB-Printer-Descriptors',
    codePageTable: 'inferred: the table of the 80 mm series',
  },
}
