/** Seiko RP-F10 with 80 mm paper: Font B is 8 dots wide. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from '../epson/base.js'
import { commonPages } from '../page-sets.js'

export const seikoRpF10: Profile = {
  ...epsonBase,
  id: 'seiko-rp-f10',
  vendor: 'Seiko',
  name: 'RP-F10',
  identity: { maker: null, model: null, language: null },
  answersStatus: null,
  status: { realtime: null, request: null, auto: null, processId: null, clear: null },
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 8, heightDots: 16 } },
  codePages: commonPages,
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as Epson’s TM printers, whose commands it follows',
    identity: 'guessed: not known',
    status: 'guessed: not known',
    fonts: 'database: 48 and 72 columns; heights guessed',
  },
}
