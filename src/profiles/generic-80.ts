/** The cautious default for 80 mm printers of Chinese make: 576 dots, GBK, with a cutter. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const generic80: Profile = {
  ...genericBase,
  id: 'generic-80',
  name: 'Generic 80 mm',
  aliases: ['POS-80', '80 mm 热敏小票机'],
  paperMm: 80,
  widthDots: 576,
  cuts: ['partial', 'full'],
  headToCutterDots: 120,
  sources: {
    ...genericBase.sources,
    widthDots: 'database: most models of 80 mm',
    headToCutterDots: 'guessed: 15 mm, the figure of the TM-T88III specification',
  },
}
