/** Epson TM-T81III: 203 dpi, as the TM-T20III. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT81iii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t81iii',
  name: 'TM-T81III',
  quirks: [
    'A model with Chinese characters prints hanzi itself: set charset=gb18030-2byte. Without it they print as dots, which both models do.',
  ],
  sources: {
    ...epsonBase.sources,
    name: 'manual: TM-T81III technical reference guide rev. E',
    widthDots: 'inferred: 203 dpi on 72 mm, as the TM-T20III',
    dpi: 'inferred: as the TM-T20III',
    fonts: 'inferred: as the TM-T20III',
    codePages: 'inferred: the command reference, ESC t',
    qr: 'inferred: as the TM-T20III',
    pdf417: 'inferred: as the TM-T20III',
    barcodes: 'inferred: as the TM-T20III',
  },
}
