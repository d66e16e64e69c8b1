/** Epson TM-T81: 180 dpi; process ids, and buffers that can be cleared, by its specification. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT81: Profile = {
  ...epsonBase,
  id: 'epson-tm-t81',
  name: 'TM-T81',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  printMmPerSecond: 130,
  status: { realtime: true, request: true, auto: true, processId: true, clear: true },
  quirks: ['Fewer than 10 writes of stored logos a day.'],
  sources: {
    ...epsonBase.sources,
    status: 'manual: TM-T81 specification p. 70',
    widthDots: 'manual: TM-T81 specification p. 1, 512 dot positions on 72 mm',
    dpi: 'manual: TM-T81 specification p. 1',
    fonts: 'manual: TM-T81 specification p. 1, 42 and 56 characters a line',
    printMmPerSecond: 'manual: TM-T81 specification p. 1',
    verticalUnitsPerInch: 'manual: TM-T81 specification p. 102, GS P',
    cuts: 'manual: TM-T81 specification p. 102, GS V leaves a point uncut for every m',
    name: 'manual',
  },
}
