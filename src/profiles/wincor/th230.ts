/** Wincor Nixdorf TH230: 80 mm, 44 columns; no raster, no QR. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from '../epson/base.js'
import { commonPages } from '../page-sets.js'

export const wincorTh230: Profile = {
  ...epsonBase,
  id: 'wincor-th230',
  vendor: 'Wincor Nixdorf',
  name: 'TH230',
  identity: { maker: null, model: null, language: null },
  answersStatus: null,
  status: { realtime: null, request: null, auto: null, processId: null, clear: null },
  fonts: { A: { widthDots: 13, heightDots: 24 }, B: { widthDots: 10, heightDots: 17 } },
  codePages: commonPages.filter(({ number }) => [0, 3, 4, 5].includes(number)),
  imageCommand: 'esc-star-24',
  qr: 'raster',
  pdf417: 'raster',
  quirks: ['It has no GS v 0: pictures go by ESC *.'],
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as Epson’s TM printers, whose commands it follows',
    identity: 'guessed: not known',
    status: 'guessed: not known',
    fonts: 'inferred: 44 and 57 columns on 576 dots',
    imageCommand: 'database',
  },
}
