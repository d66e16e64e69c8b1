/** Epson TM-T81: process ids, and buffers that can be cleared, by its specification. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT81: Profile = {
  ...epsonBase,
  id: 'epson-tm-t81',
  name: 'TM-T81',
  status: { realtime: true, request: true, auto: true, processId: true, clear: true },
  quirks: ['Fewer than 10 writes of stored logos a day.'],
  sources: {
    ...epsonBase.sources,
    status: 'manual: TM-T81 specification p. 70',
    widthDots: 'inferred: 203 dpi, 80 mm',
    name: 'manual',
  },
}
