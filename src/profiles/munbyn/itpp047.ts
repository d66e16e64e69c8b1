/** Munbyn ITPP047 and ITPP102: 80 mm paper, 512 dots. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const munbynItpp047: Profile = {
  ...generic80,
  id: 'munbyn-itpp047',
  vendor: 'Munbyn',
  name: 'ITPP047',
  aliases: ['ITPP102', 'Meihengtong'],
  widthDots: 512,
  quirks: ['Its manual says that page 16 is CP1252; users say that it is not.'],
  sources: {
    ...generic80.sources,
    widthDots: 'database',
    fonts: 'inferred: 512 dots in cells of 12 and 9',
    cuts: 'database',
  },
}
