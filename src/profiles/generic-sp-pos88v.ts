/** SP-POS88V: 80 mm, prints the native QR command as text. */
import type { Profile } from '../model/profile.js'
import { generic80 } from './generic-80.js'

export const genericSpPos88v: Profile = {
  ...generic80,
  id: 'generic-sp-pos88v',
  name: 'SP-POS88V',
  quirks: ['GS ( k prints as text.'],
  aliases: [],
  sources: { ...generic80.sources, qr: 'users: escpos-php #584' },
}
