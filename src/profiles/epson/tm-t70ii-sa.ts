/** Epson TM-T70II for South Asia: 203 dpi, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT70iiSa: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70ii-sa',
  name: 'TM-T70II South Asia',
  cuts: ['partial'],
  quirks: ['Its special fonts (ESC M 97, 98) are not used.'],
  sources: { ...epsonBase.sources },
}
