/** Metapace T-1: 180 dpi, 504 dots; its buzzer is RS. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from '../epson/base.js'
import { commonPages } from '../page-sets.js'

export const metapaceT1: Profile = {
  ...epsonBase,
  id: 'metapace-t-1',
  vendor: 'Metapace',
  name: 'T-1',
  identity: { maker: null, model: null, language: null },
  answersStatus: null,
  status: { realtime: null, request: null, auto: null, processId: null, clear: null },
  widthDots: 504,
  dpi: 180,
  headToCutterDots: 113,
  buzzer: 'rs',
  codePages: commonPages.filter(({ number }) => number < 16 || number === 19),
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as Epson’s TM printers, whose commands it follows',
    identity: 'guessed: not known',
    status: 'guessed: not known',
    buzzer: 'users: escpos-php #174',
  },
}
