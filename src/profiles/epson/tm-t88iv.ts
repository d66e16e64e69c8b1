/** Epson TM-T88IV: 180 dpi. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT88iv: Profile = {
  ...epsonBase,
  id: 'epson-tm-t88iv',
  name: 'TM-T88IV',
  widthDots: 512,
  dpi: 180,
  verticalUnitsPerInch: 360,
  headToCutterDots: 113,
  codePages: commonPages,
  sources: {
    ...epsonBase.sources,
    verticalUnitsPerInch:
      'inferred: programming guide 10.05 p. 368, which feeds this model 14/360 inch',
  },
}
