/** Sunmi V2: hand-held terminal with a 58 mm printer; GB18030 by default. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const sunmiV2: Profile = {
  ...generic58,
  id: 'sunmi-v2',
  vendor: 'Sunmi',
  name: 'V2',
  aliases: ['商米 V2'],
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  drawnBy: 'raster-line',
  quirks: [
    'It reads UTF-8 after FS & FS C 255: set charset=utf8 and utf8=sunmi.',
    'ESC * is unreliable, so characters that it lacks make their line a picture.',
  ],
  sources: {
    ...generic58.sources,
    widthDots: 'database',
    fonts: 'database: 32 and 42 columns',
    cuts: 'database',
    drawnBy: 'database',
    qr: 'guessed: dots are safe; receipt-printer-encoder 4.0.1 and the database have it native',
    pdf417: 'guessed: dots are safe; receipt-printer-encoder 4.0.1 has it native',
    barcodes: 'guessed: dots are safe; receipt-printer-encoder 4.0.1 has eight of them native',
    charset: 'code: default GB18030; two-byte codes until four have been seen',
    chineseModeAtPowerOn: 'code',
  },
}
