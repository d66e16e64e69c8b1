/** Netum NT-5890K: as POS-5890, with column images; the font command resets its code page. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const netumNt5890k: Profile = {
  ...generic58,
  id: 'netum-nt-5890k',
  vendor: 'Netum',
  name: 'NT-5890K',
  aliases: ['5890K'],
  fontResetsCodePage: true,
  quirks: ['The code page goes back to the default after ESC M, so it is chosen again.'],
  sources: {
    ...generic58.sources,
    widthDots: 'database',
    dpi: 'database',
    fonts: 'database: 32 and 42 columns',
    cuts: 'database',
    qr: 'database',
    barcodes: 'database',
    pdf417: 'database',
    drawnBy: 'database',
    fontResetsCodePage: 'users: python-escpos PR 729',
  },
}
