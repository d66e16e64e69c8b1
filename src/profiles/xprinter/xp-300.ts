/** Xprinter XP-300: goes back to Chinese mode at every ESC @. */
import type { Profile } from '../../model/profile.js'
import { generic58 } from '../generic-58.js'

export const xprinterXp300: Profile = {
  ...generic58,
  id: 'xprinter-xp-300',
  vendor: 'Xprinter',
  name: 'XP-300',
  aliases: ['芯烨 XP-300'],
  codePageTable: 'xprinter',
  chineseModeAfterReset: true,
  quirks: [
    'It is in Chinese mode again after every ESC @, so the mode is stated after each.',
    'Its width is not known: 384 dots fit on any paper.',
  ],
  sources: {
    ...generic58.sources,
    chineseModeAfterReset: 'users: DantSu #185, #462, #552',
    chineseModeAtPowerOn: 'users: DantSu #185',
    widthDots: 'guessed: fits on any paper',
    codePageTable: 'inferred: the table of the 80 mm series',
  },
}
