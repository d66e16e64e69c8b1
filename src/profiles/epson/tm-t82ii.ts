/** Epson TM-T82II: 203 dpi, as the TM-T20II. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT82ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t82ii',
  name: 'TM-T82II',
  quirks: [
    'A model with Chinese characters prints hanzi itself: set charset=gb18030-2byte. Without it they print as dots, which both models do.',
  ],
  sources: {
    ...epsonBase.sources,
    name: 'users: a driver for it on mbed',
    widthDots: 'inferred: 203 dpi on 72 mm, as the TM-T20II',
    dpi: 'inferred: as the TM-T20II',
    fonts: 'inferred: as the TM-T20II',
    codePages: 'inferred: the command reference, ESC t',
    qr: 'inferred: as the TM-T20II',
    pdf417: 'inferred: as the TM-T20II',
    barcodes: 'inferred: as the TM-T20II',
  },
}
