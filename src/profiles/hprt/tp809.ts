/** HPRT TP809: 80 mm; GS v 0 takes up to 2303 rows. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtTp809: Profile = {
  ...generic80,
  id: 'hprt-tp809',
  vendor: 'HPRT',
  name: 'TP809',
  aliases: ['汉印 TP809'],
  codePages: hprtPages,
  qr: 'native',
  qrMaxBytes: 7089,
  storedLogos: 'gs-l',
  quirks: [
    'GS v 0 takes up to 2303 rows; bands stay at the cautious height.',
    'Fewer than 10 writes of stored images a day.',
  ],
  sources: {
    ...generic80.sources,
    imageBandRows: 'inferred: below the manual’s 2303 (p. 61)',
    codePages: HPRT_PAGES,
    qr: 'manual: TP809 programming manual 1.2 p. 42 and 43',
    qrMaxBytes: 'manual: TP809 programming manual 1.2 p. 43, 7092 bytes less the 3 of its head',
    storedLogos: 'manual: TP809 programming manual 1.2 p. 4 to 14',
    lineSpacingDots: 'manual: TP809 programming manual 1.2 p. 56, 30 x 0.125 mm',
  },
}
