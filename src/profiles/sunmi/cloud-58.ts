/** Sunmi cloud printers with 58 mm paper: GB18030 by default. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const sunmiCloud58: Profile = {
  ...generic58,
  id: 'sunmi-cloud-58',
  vendor: 'Sunmi',
  name: 'Cloud printer, 58 mm',
  aliases: ['商米云打印机 58 mm'],
  charset: 'gb18030-2byte',
  quirks: [
    'Its CJK set and UTF-8 are settings by GS ( E fn 6, which Epson uses to read a setting: this library never sends it.',
    'ESC ! knows 0, 16, 32 and 48 only, and sizes ASCII and hanzi.',
  ],
  sources: { ...generic58.sources, charset: 'code: GS ( E, CJK set 0' },
}
