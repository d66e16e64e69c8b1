/** Sureprint SP91: starts in Chinese mode; its GB18030 has the two-byte zones only. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'

export const sureprintSp91: Profile = {
  ...generic80,
  id: 'sureprint-sp91',
  vendor: 'Sureprint',
  name: 'SP91',
  charset: 'gb18030-2byte',
  chineseModeAtPowerOn: true,
  widthDots: 504,
  quirks: [
    'FS & works only while the code system is GB18030; FS C changes the system.',
    'Its width is not known here: print the test page.',
  ],
  aliases: [],
  sources: {
    ...generic80.sources,
    charset: 'manual: p. 66, zones 1 to 5',
    chineseModeAtPowerOn: 'manual: p. 66',
    widthDots: 'guessed: the narrowest head of 80 mm',
  },
}
