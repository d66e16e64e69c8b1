/** SPRT SP-POS88V: 80 mm, prints the native QR command as text. Its id is generic, because its maker was not known when the id was chosen. */
import type { Profile } from '../model/profile.js'
import { generic80 } from './generic-80.js'

export const genericSpPos88v: Profile = {
  ...generic80,
  id: 'generic-sp-pos88v',
  vendor: 'SPRT',
  name: 'SP-POS88V',
  verticalUnitsPerInch: 203,
  quirks: ['GS ( k prints as text.'],
  aliases: [],
  sources: {
    ...generic80.sources,
    qr: 'users: escpos-php #584',
    vendor: 'users: escpos-php, tested printers',
    dpi: 'inferred: SP-POS88III p. 14',
    verticalUnitsPerInch: 'inferred: SP-POS88III p. 15, ESC 3 n is n/203 inch',
  },
}
