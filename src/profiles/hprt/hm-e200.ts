/** HPRT HM-E200: its native QR code holds fewer than 1021 bytes. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'
import { HPRT_PAGES, hprtPages } from './pages.js'

export const hprtHmE200: Profile = {
  ...generic58,
  id: 'hprt-hm-e200',
  vendor: 'HPRT',
  name: 'HM-E200',
  aliases: ['汉印 HM-E200'],
  codePages: hprtPages,
  qr: 'native',
  qrMaxBytes: 1020,
  quirks: ['Its width is not known: 384 dots fit on any paper.'],
  sources: {
    ...generic58.sources,
    codePages: HPRT_PAGES,
    qr: 'manual',
    qrMaxBytes: 'manual',
    widthDots: 'guessed: fits on any paper',
  },
}
