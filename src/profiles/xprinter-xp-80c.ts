/** Xprinter XP-80C: 80 mm, prints the native QR command as text. */
import type { Profile } from '../model/profile.js'
import { genericBase } from './generic-base.js'

export const xprinterXp80c: Profile = {
  ...genericBase,
  id: 'xprinter-xp-80c',
  vendor: 'Xprinter',
  name: 'XP-80C',
  paperMm: 80,
  widthDots: 576,
  codePageTable: 'xprinter',
  cuts: ['partial', 'full'],
  headToCutterDots: 120,
  source:
    'GS ( k prints as text: reported by users of escpos-php. Width, zone and cutter as generic-80; head to cutter not measured.',
}
