/** 58 mm printers whose maker claims GB18030. Only its two-byte codes are used, because four-byte ones have not been seen on paper yet. */
import type { Profile } from '../model/profile.js'
import { generic58 } from './generic-58.js'

export const generic58Gb18030: Profile = {
  ...generic58,
  id: 'generic-58-gb18030',
  name: 'Generic 58 mm, GB18030',
  aliases: [],
  charset: 'gb18030-2byte',
  quirks: ['If the test page shows row 18030-4 right, set charset=gb18030.'],
  sources: { ...generic58.sources, charset: 'inferred: SP91 means the two-byte zones by GB18030' },
}
