/** The cautious default for 58 mm printers of Chinese make: 384 dots, GBK, no cutter. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const generic58: Profile = {
  ...genericBase,
  id: 'generic-58',
  name: 'Generic 58 mm',
  aliases: ['POS-58', '58 mm 热敏小票机'],
  paperMm: 58,
  widthDots: 384,
  cuts: [],
  headToCutterDots: 80,
  sources: {
    ...genericBase.sources,
    widthDots: 'database: POS-5890, ZJ-5870 and others',
    headToCutterDots: 'guessed: head to tear bar taken as 10 mm',
  },
}
