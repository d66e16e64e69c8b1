/** Epson TM-T81II, sold in China: ESC B of the clones fails on it. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT81ii: Profile = {
  ...epsonBase,
  id: 'epson-tm-t81ii',
  name: 'TM-T81II',
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  chineseModeAfterReset: null,
  hanziSizeBy: 'both',
  quirks: ['ESC B prints or fails, so it is never sent.'],
  sources: {
    ...epsonBase.sources,
    '*': 'inferred: as the TM-T70II-CH',
    widthDots: 'inferred: 203 dpi, 80 mm',
    charset: 'inferred: as the TM-T70II-CH',
    buzzer: 'code: chn-escpos',
    name: 'code: chn-escpos',
  },
}
