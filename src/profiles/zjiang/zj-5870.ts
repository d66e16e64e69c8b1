/** Zjiang ZJ-5870, also AGPtEK and Esky: 58 mm; the feed button switches its Chinese mode. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const zjiangZj5870: Profile = {
  ...generic58,
  id: 'zjiang-zj-5870',
  vendor: 'Zjiang',
  name: 'ZJ-5870',
  aliases: ['AGPtEK POS-58', 'Esky POS-58', 'ZJ-58'],
  quirks: [
    'Chinese mode is switched by holding the feed button at power-on: with the mode light off it prints ASCII and code pages.',
    'In Chinese mode ESC ! changes ASCII only and FS ! hanzi only (Zjiang models, by users of escpos-php #931).',
    'Zjiang drivers garble pictures above 32 mm in one command: bands stay lower.',
  ],
  sources: {
    ...generic58.sources,
    widthDots: 'database',
    dpi: 'database',
    'fonts.A': 'database: 32 columns',
    cuts: 'database',
    qr: 'database',
    barcodes: 'database',
    pdf417: 'database',
    drawnBy: 'database',
    imageBandRows: 'users: klirichek/zj-58 #43 and #5',
  },
}
