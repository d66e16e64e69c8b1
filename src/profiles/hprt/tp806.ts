/** HPRT TP806: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtTp806: Profile = {
  ...generic80,
  id: 'hprt-tp806',
  vendor: 'HPRT',
  name: 'TP806',
  aliases: ['TP806L'],
  codePages: hprtPages,
  quirks: ['Its user manual says on p. 40 that it follows the TM-T88IV; that is not relied upon.'],
  sources: {
    ...generic80.sources,
    codePages: HPRT_PAGES,
    widthDots: 'code: esc_pos_utils, TP806L',
    name: 'manual: TP801/TP805/TP806 user manual',
  },
}
