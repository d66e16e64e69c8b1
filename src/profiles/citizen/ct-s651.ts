/** Citizen CT-S651: 80 mm, three fonts. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from '../epson/base.js'
import { commonPages } from '../page-sets.js'

export const citizenCtS651: Profile = {
  ...epsonBase,
  id: 'citizen-ct-s651',
  vendor: 'Citizen',
  name: 'CT-S651',
  identity: { maker: null, model: null, language: null },
  answersStatus: null,
  status: { realtime: null, request: null, auto: null, processId: null, clear: null },
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 17 },
    C: { widthDots: 8, heightDots: 16 },
  },
  codePages: commonPages,
  quirks: [
    'escpos-printer-db gives 640 dots, which is the width of the paper: 48 columns of 12 make 576.',
  ],
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as Epson’s TM printers, whose commands it follows',
    identity: 'guessed: not known',
    status: 'guessed: not known',
    widthDots: 'inferred: 48 columns of 12 dots',
    fonts: 'database: 48, 64 and 72 columns; heights guessed',
  },
}
