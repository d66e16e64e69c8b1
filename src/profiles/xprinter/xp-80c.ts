/** Xprinter XP-80C: 80 mm, prints the native QR command as text. */
import type { Profile } from '../../model/profile.js'
import { generic80 } from '../generic-80.js'
import { xprinterNetwork } from './network.js'

export const xprinterXp80c: Profile = {
  ...generic80,
  id: 'xprinter-xp-80c',
  vendor: 'Xprinter',
  name: 'XP-80C',
  aliases: ['芯烨 XP-80C', 'XP-80'],
  codePageTable: 'xprinter',
  buzzer: 'esc-b',
  network: xprinterNetwork,
  quirks: ['GS ( k prints as text.'],
  sources: {
    ...generic80.sources,
    qr: 'users: escpos-php #401',
    buzzer: 'code',
    codePageTable: 'manual: Xprinter 80 mm command set',
    network: 'code: programs that look for the printer; port 4000 is said to answer 1B 76',
  },
}
