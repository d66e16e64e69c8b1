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
  headToCutterDots: 113,
  codePages: commonPages,
  sources: { ...epsonBase.sources },
}
