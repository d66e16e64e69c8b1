/** HPRT TP80K: 80 mm; answers ACK or NAK after a stored image. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtTp80k: Profile = {
  ...generic80,
  id: 'hprt-tp80k',
  vendor: 'HPRT',
  name: 'TP80K',
  aliases: ['汉印 TP80K'],
  codePages: hprtPages,
  picturePlace: 'align',
  storedLogos: 'gs-l',
  answersStatus: true,
  status: { realtime: true, request: null, auto: null, processId: null, clear: null },
  quirks: ['After FS p it sends 06 when the image is printed and 15 when it failed.'],
  sources: {
    ...generic80.sources,
    codePages: HPRT_PAGES,
    picturePlace: 'manual: TP80K p. 53, ESC a applies to GS v 0 in an empty line',
    storedLogos: 'manual: TP80K p. 56, GS ( L functions 67 and 68',
    answersStatus: 'manual: TP80K p. 50 and 72',
    'status.realtime': 'manual: TP80K p. 72',
  },
}
