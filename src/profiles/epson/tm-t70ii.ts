/** Epson TM-T70II, the western model: 180 dpi, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT70ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70ii',
  name: 'TM-T70II',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  cuts: ['partial'],
  quirks: ['Users of escpos-php #222 had pictures only by GS v 0.'],
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch: 'inferred: as the TM-T88III, with the same 180 dpi',
  },
}
