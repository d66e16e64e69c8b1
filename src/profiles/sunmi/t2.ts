/** Sunmi T2 and T2s: tills with an 80 mm printer and a cutter. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const sunmiT2: Profile = {
  ...generic80,
  id: 'sunmi-t2',
  vendor: 'Sunmi',
  name: 'T2',
  aliases: ['T2s'],
  charset: 'gb18030-2byte',
  drawnBy: 'raster-line',
  sources: {
    ...generic80.sources,
    widthDots: 'users: sunmi-go-sdk, 576 dots on paper of 80 mm',
    cuts: 'users: cuts through the print service, dcloud plugin 6105; which of the two is not told',
    charset: 'inferred: as the V2',
    drawnBy: 'inferred: as the V2, whose ESC * is unreliable',
    name: 'users: dcloud plugin 6105',
  },
}
