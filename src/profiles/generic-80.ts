/** The cautious default for 80 mm printers of Chinese make: 576 dots, GBK, with a cutter. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const generic80: Profile = {
  ...genericBase,
  id: 'generic-80',
  name: 'Generic 80 mm',
  paperMm: 80,
  widthDots: 576,
  cuts: ['partial', 'full'],
  headToCutterDots: 120,
  source:
    'Habits of 80 mm clones: 576 dots, 48 columns. Head to cutter taken as 15 mm, the figure of the Epson TM-T88III specification: not measured on a clone.',
}
