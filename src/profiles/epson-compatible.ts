/** The common part of printers from other makers that follow Epson's commands; their models are spread from it. */
import type { Profile } from '../model/profile.js'
import { epsonBase } from './epson/base.js'

/**
 * Only a base for models. It is not known whether such a printer answers, and the cutter is taken from
 * escpos-printer-db.
 */
export const epsonCompatible = {
  ...epsonBase,
  identity: { maker: null, model: null, language: null },
  answersStatus: null,
  status: { realtime: null, request: null, auto: null, processId: null, clear: null },
  cuts: ['partial', 'full'],
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as Epson’s TM printers, whose commands it follows',
    identity: 'guessed: not known',
    'identity.maker': 'guessed: not known',
    status: 'guessed: not known',
    cuts: 'database',
  },
} as const satisfies Partial<Profile>
