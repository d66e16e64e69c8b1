/** Zonerich AB-88 series: 80 mm. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const zonerichAb88: Profile = {
  ...generic80,
  id: 'zonerich-ab-88',
  vendor: 'Zonerich',
  name: 'AB-88',
  aliases: ['AB-88K', 'AB-88KIV', 'AB-T88'],
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic80.sources,
    widthDots: 'guessed: as most models of 80 mm; no source states it',
    name: 'manual: AB-T88 MINI command specification EN 1, by its title',
    aliases: 'users: names of its drivers',
  },
}
