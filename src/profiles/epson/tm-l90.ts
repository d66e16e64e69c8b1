/** Epson TM-L90 with 80 mm paper: process ids by the programming guide. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmL90: Profile = {
  ...epsonBase,
  id: 'epson-tm-l90',
  name: 'TM-L90',
  status: { realtime: true, request: true, auto: true, processId: true, clear: null },
  sources: { ...epsonBase.sources, status: 'manual: programming guide 10.01, p. 425' },
}
