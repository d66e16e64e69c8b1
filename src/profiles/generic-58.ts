/** The cautious default for 58 mm printers of Chinese make: 384 dots, GBK, no cutter. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const generic58: Profile = {
  ...genericBase,
  id: 'generic-58',
  name: 'Generic 58 mm',
  paperMm: 58,
  widthDots: 384,
  cuts: [],
  headToCutterDots: 80,
  source:
    'Habits of 58 mm clones (POS-5890, ZJ-5870): 384 dots, 32 columns, no cutter. Head to tear bar taken as 10 mm: not measured on a printer.',
}
