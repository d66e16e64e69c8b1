/** CITAQ CTE-RP80: the 80 mm printer inside CITAQ tills, on a serial line. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const citaqCteRp80: Profile = {
  ...generic80,
  id: 'citaq-cte-rp80',
  vendor: 'CITAQ',
  name: 'CTE-RP80',
  aliases: [],
  printMmPerSecond: 200,
  quirks: ['It is on a serial line inside the till: 115200 baud, 8 bits, no parity, DTR/DSR.'],
  sources: {
    ...generic80.sources,
    widthDots: 'code: netguycode/citaq, self-test with 48 characters a line',
    cuts: 'code: netguycode/citaq, self-test; which of the two is not told',
    storedLogos: 'code: netguycode/citaq, self-test: NV bit image: No',
    printMmPerSecond: 'code: netguycode/citaq, self-test',
  },
}
