/** Epson TM-T70II-CH, the model for China: 576 dots, Simplified Chinese by GB18030, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT70iiCh: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70ii-ch',
  name: 'TM-T70II-CH',
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  chineseModeAfterReset: null,
  hanziSizeBy: 'both',
  cuts: ['partial'],
  quirks: ['GB18030-2022 level 2; four-byte codes are not used until someone has seen them print.'],
  sources: {
    ...epsonBase.sources,
    charset: 'database: notes',
    chineseModeAtPowerOn: 'users: python-escpos #678, all but Japanese models',
    chineseModeAfterReset: 'guessed',
  },
}
