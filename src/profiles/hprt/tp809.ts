/** HPRT TP809: 80 mm; GS v 0 takes up to 2303 rows. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const hprtTp809: Profile = {
  ...generic80,
  id: 'hprt-tp809',
  vendor: 'HPRT',
  name: 'TP809',
  aliases: ['汉印 TP809'],
  hanziSizeBy: 'both',
  quirks: [
    'GS v 0 takes up to 2303 rows; bands stay at the cautious height.',
    'Fewer than 10 writes of stored images a day.',
  ],
  sources: { ...generic80.sources, imageBandRows: 'inferred: below the manual’s 2303 (p. 61)' },
}
