/** Epson TM-T70II for Taiwan: 576 dots, Big5, partial cut only. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmT70iiTw: Profile = {
  ...epsonBase,
  id: 'epson-tm-t70ii-tw',
  name: 'TM-T70II Traditional Chinese',
  charset: 'big5',
  chineseModeAtPowerOn: true,
  chineseModeAfterReset: null,
  hanziSizeBy: 'both',
  cuts: ['partial'],
  sources: {
    ...epsonBase.sources,
    charset: 'database: notes',
    chineseModeAtPowerOn: 'users: python-escpos #678, all but Japanese models',
    chineseModeAfterReset: 'guessed',
  },
}
