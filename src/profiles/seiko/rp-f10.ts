/** Seiko RP-F10 with 80 mm paper: Font B is 8 dots wide. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const seikoRpF10: Profile = {
  ...epsonCompatible,
  id: 'seiko-rp-f10',
  vendor: 'Seiko',
  name: 'RP-F10',
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 8, heightDots: 16 } },
  codePages: commonPages,
  sources: {
    ...epsonCompatible.sources,
    fonts: 'database: 48 and 72 columns; heights guessed',
  },
}
