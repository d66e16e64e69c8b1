/** EPOS TEP-200M: 80 mm; its width is not known, so 504 dots are used. */
import type { Profile } from '../../model/profile.js'
import { epsonCompatible } from '../epson-compatible.js'
import { commonPages } from '../page-sets.js'

export const eposTep200m: Profile = {
  ...epsonCompatible,
  id: 'epos-tep-200m',
  vendor: 'EPOS',
  name: 'TEP-200M',
  widthDots: 504,
  codePages: commonPages,
  quirks: [
    'Its width is not known: print the test page. 42 and 56 columns come from the default of escpos-printer-db.',
  ],
  sources: {
    ...epsonCompatible.sources,
    widthDots: 'guessed: the narrowest head of 80 mm',
    fonts: 'guessed: 12 and 9 dots',
  },
}
