/** Sunmi V2s, V2 Pro and V1: hand-held terminals with a 58 mm printer. */
import type { Profile } from '../../model/profile.js'
import { sunmiV2 } from './v2.js'

export const sunmiV2s: Profile = {
  ...sunmiV2,
  id: 'sunmi-v2s',
  vendor: 'Sunmi',
  name: 'V2s',
  aliases: ['V2 Pro', 'V2s Plus', 'V1'],
  quirks: [
    ...sunmiV2.quirks,
    'It answers to the same print service as the V2, whose figures it has.',
  ],
  sources: {
    ...sunmiV2.sources,
    '*': 'inferred: as the V2',
    name: 'users: packages for the print service of Sunmi',
  },
}
