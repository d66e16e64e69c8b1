/** Epson TM-T70II for Taiwan with 58 mm paper: 416 dots, Big5. */
import type { Profile } from '../../model/profile.js'
import { epsonTmT70iiTw } from './tm-t70ii-tw.js'

export const epsonTmT70iiTw58: Profile = {
  ...epsonTmT70iiTw,
  id: 'epson-tm-t70ii-tw-58',
  name: 'TM-T70II Traditional Chinese, 58 mm',
  aliases: ['TM-T70II-CH-58mm'],
  paperMm: 58,
  widthDots: 416,
  sources: { ...epsonTmT70iiTw.sources },
}
