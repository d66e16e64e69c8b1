/** HPRT TP808: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtTp808: Profile = {
  ...generic80,
  id: 'hprt-tp808',
  vendor: 'HPRT',
  name: 'TP808',
  aliases: [],
  codePages: hprtPages,
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    codePages: HPRT_PAGES,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'users: a public catalogue for restaurants',
  },
}
