/** Epson TM-m50: 203 dpi, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmM50: Profile = {
  ...epsonBase,
  id: 'epson-tm-m50',
  name: 'TM-m50',
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 10, heightDots: 24 },
    C: { widthDots: 9, heightDots: 17 },
  },
  quirks: [
    'A model with Chinese characters prints hanzi itself: set charset=gb18030-2byte. Without it they print as dots, which both models do.',
  ],
  sources: {
    ...epsonBase.sources,
    name: 'manual: ESC/POS command reference, GS I, list of models',
    widthDots: 'inferred: 203 dpi on 72 mm, as the TM-m30II',
    dpi: 'inferred: as the TM-m30II',
    fonts: 'inferred: as the TM-m30II',
    codePages: 'inferred: the command reference, ESC t',
    qr: 'inferred: as the TM-m30II',
    pdf417: 'inferred: as the TM-m30II',
    barcodes: 'inferred: as the TM-m30II',
  },
}
