/** 80 mm printers whose maker claims GB18030. Only its two-byte codes are used, because four-byte ones have not been seen on paper yet. */
import type { Profile } from '../model/profile.js'
import { generic80 } from './generic-80.js'

export const generic80Gb18030: Profile = {
  ...generic80,
  id: 'generic-80-gb18030',
  name: 'Generic 80 mm, GB18030',
  aliases: [],
  charset: 'gb18030-2byte',
  quirks: ['If the test page shows row 18030-4 right, set charset=gb18030.'],
  sources: { ...generic80.sources, charset: 'inferred: SP91 means the two-byte zones by GB18030' },
}
