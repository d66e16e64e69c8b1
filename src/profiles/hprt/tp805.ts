/** HPRT TP805: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtTp805: Profile = {
  ...generic80,
  id: 'hprt-tp805',
  vendor: 'HPRT',
  name: 'TP805',
  aliases: ['TP801'],
  codePages: hprtPages,
  quirks: [
    'Its user manual says on p. 40 that it follows the TM-T88IV; that is not relied upon.',
    'No source states its width: print the test page.',
  ],
  sources: {
    ...generic80.sources,
    codePages: HPRT_PAGES,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: TP801/TP805/TP806 user manual',
  },
}
