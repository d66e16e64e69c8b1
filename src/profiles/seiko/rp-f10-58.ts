/** Seiko RP-F10 with 58 mm paper: 432 dots. */
import type { Profile } from '../../model/profile.js'
import { seikoRpF10 } from './rp-f10.js'

export const seikoRpF1058: Profile = {
  ...seikoRpF10,
  id: 'seiko-rp-f10-58',
  vendor: 'Seiko',
  name: 'RP-F10, 58 mm',
  paperMm: 58,
  widthDots: 432,
  sources: { ...seikoRpF10.sources, fonts: 'database: 36 and 54 columns; heights guessed' },
}
