/** Zonerich AB-58 series: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const zonerichAb58: Profile = {
  ...generic58,
  id: 'zonerich-ab-58',
  vendor: 'Zonerich',
  name: 'AB-58',
  aliases: ['AB-58MK'],
  quirks: ['No source states its width: print the test page.'],
  sources: {
    ...generic58.sources,
    widthDots: 'guessed: as most models of 58 mm; no source states it',
    name: 'users: csdn yw1688 8038353, AB-58MK',
    charset: 'inferred: GB2312 printed on the AB-58MK, csdn yw1688 8038353',
  },
}
