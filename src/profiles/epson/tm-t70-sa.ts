/** Epson TM-T70 for South Asia: 203 dpi, CP437, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { commonPages } from '../page-sets.js'
import { epsonBase } from './base.js'

export const epsonTmT70Sa: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70-sa',
  name: 'TM-T70 South Asia',
  cuts: ['partial'],
  codePages: commonPages.slice(0, 1),
  quirks: ['Its Thai and Vietnamese pages and special fonts (ESC M 97, 98) are not used.'],
  sources: { ...epsonBase.sources },
}
