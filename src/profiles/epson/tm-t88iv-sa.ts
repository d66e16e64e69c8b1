/** Epson TM-T88IV for South Asia: CP437, Thai and Vietnamese pages. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT88ivSa: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88iv-sa',
  name: 'TM-T88IV South Asia',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  codePages: commonPages.slice(0, 1),
  quirks: ['Its Thai and Vietnamese pages are not used: such text prints as dots.'],
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch: 'inferred: as the TM-T88IV',
  },
}
