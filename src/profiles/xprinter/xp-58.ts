/** Xprinter XP-58 series: 58 mm. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const xprinterXp58: Profile = {
  ...generic58,
  id: 'xprinter-xp-58',
  vendor: 'Xprinter',
  name: 'XP-58',
  aliases: ['芯烨 XP-58', 'XP-58IIH'],
  codePageTable: 'xprinter',
  sources: { ...generic58.sources, codePageTable: 'inferred: the table of the 80 mm series' },
}
