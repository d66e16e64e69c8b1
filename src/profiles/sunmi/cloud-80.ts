/** Sunmi cloud printers with 80 mm paper: GB18030 by default. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const sunmiCloud80: Profile = {
  ...generic80,
  id: 'sunmi-cloud-80',
  vendor: 'Sunmi',
  name: 'Cloud printer, 80 mm',
  aliases: ['商米云打印机 80 mm'],
  charset: 'gb18030-2byte',
  cuts: ['partial'],
  quirks: [
    'Its CJK set and UTF-8 are settings by GS ( E fn 6, which Epson uses to read a setting: this library never sends it.',
    'ESC ! knows 0, 16, 32 and 48 only, and sizes ASCII and hanzi.',
  ],
  sources: {
    ...generic80.sources,
    charset: 'code: GS ( E, CJK set 0',
    cuts: 'manual: partial cut only',
  },
}
