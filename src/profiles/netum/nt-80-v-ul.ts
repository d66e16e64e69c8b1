/** Netum NT-80-V-UL: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const netumNt80VUl: Profile = {
  ...generic80,
  id: 'netum-nt-80-v-ul',
  vendor: 'Netum',
  name: 'NT-80-V-UL',
  aliases: ['80-V-UL'],
  quirks: [
    'escpos-printer-db gives 12 and 9 columns, which are the widths of the cells in dots; 48 and 64 are used here.',
  ],
  sources: {
    ...generic80.sources,
    widthDots: 'database',
    dpi: 'database',
    fonts: 'inferred: 576 dots in cells of 12 and 9',
    cuts: 'database',
  },
}
