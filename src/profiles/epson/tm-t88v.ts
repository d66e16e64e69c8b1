/** Epson TM-T88V, the western model: 180 dpi, code pages, no Chinese characters in ROM. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT88v: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88v',
  name: 'TM-T88V',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  quirks: ['Big5 only where it was ordered so.'],
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch: 'inferred: as the TM-T88III, with the same 180 dpi',
  },
}
