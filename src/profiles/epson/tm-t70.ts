/** Epson TM-T70: 180 dpi, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT70: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70',
  name: 'TM-T70',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  codePages: commonPages,
  cuts: ['partial'],
  sources: {
    ...epsonBase.sources,
    cuts: 'database',
    verticalUnitsPerInch: 'inferred: as the TM-T88III, with the same 180 dpi',
  },
}
