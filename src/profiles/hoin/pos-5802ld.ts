/** POS-5802LD, also HOIN and Winbond: 58 mm, QR codes by ESC Z, bar codes ended by a NUL. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const hoinPos5802ld: Profile = {
  ...generic58,
  id: 'hoin-pos-5802ld',
  vendor: 'HOIN',
  name: 'POS-5802LD',
  aliases: ['Winbond 5802LD', 'Zjiang 5802LD'],
  barcodes: 'function-a',
  nativeBarcodes: ['code39'],
  quirks: [
    'QR codes go by ESC Z, not by GS ( k: here they print as dots.',
    'Bar codes by function A need their NUL at the end.',
  ],
  sources: {
    ...generic58.sources,
    qr: 'users: escpos-php #822',
    barcodes: 'users: python-escpos #58',
    nativeBarcodes: 'inferred: function A, the symbology asked about first',
  },
}
