/** HOIN HOP-E58, also Excelvan: 58 mm; the graphics function prints as text. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const hoinHopE58: Profile = {
  ...generic58,
  id: 'hoin-hop-e58',
  vendor: 'HOIN',
  name: 'HOP-E58',
  aliases: ['Excelvan HOP-E58', 'HOP-E200'],
  quirks: ['GS ( L prints its data as text; GS v 0 and ESC * work.'],
  sources: {
    ...generic58.sources,
    cuts: 'database: issue 20',
    imageCommand: 'users: escpos-printer-db #20',
  },
}
