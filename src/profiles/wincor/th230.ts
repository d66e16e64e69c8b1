/** Wincor Nixdorf TH230: 80 mm, 44 columns; no raster, no QR. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const wincorTh230: Profile = {
  ...epsonCompatible,
  id: 'wincor-th230',
  vendor: 'Wincor Nixdorf',
  name: 'TH230',
  fonts: { A: { widthDots: 13, heightDots: 24 }, B: { widthDots: 10, heightDots: 17 } },
  codePages: commonPages.filter(({ number }) => [0, 3, 4, 5].includes(number)),
  verticalUnitsPerInch: 203,
  imageCommand: 'esc-star-24',
  qr: 'raster',
  pdf417: 'raster',
  quirks: ['It has no GS v 0: pictures go by ESC *.'],
  sources: {
    ...epsonCompatible.sources,
    fonts: 'inferred: 44 and 57 columns on 576 dots',
    verticalUnitsPerInch: 'manual: TH230 programmer’s guide p. 154, GS P: x = 203, y = 203',
    imageCommand: 'database',
  },
}
