/** POS-5802DD: 58 mm, Font A 12x24, Font B 9x17, simplified and traditional hanzi of 24x24. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const zjiangPos5802dd: Profile = {
  ...generic58,
  id: 'zjiang-pos-5802dd',
  vendor: 'Zjiang',
  name: 'POS-5802DD',
  aliases: [],
  sources: {
    ...generic58.sources,
    widthDots: 'manual: specification page',
    fonts: 'manual: specification page',
    hanzi: 'manual: specification page',
  },
}
