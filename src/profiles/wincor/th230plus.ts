/** Wincor Nixdorf TH230+: as TH230, with QR and PDF417. */
import type { Profile } from '../../model/profile.js'
import { wincorTh230 } from './th230.js'

export const wincorTh230plus: Profile = {
  ...wincorTh230,
  id: 'wincor-th230plus',
  vendor: 'Wincor Nixdorf',
  name: 'TH230+',
  qr: 'native',
  pdf417: 'native',
  sources: { ...wincorTh230.sources, qr: 'database: notes', pdf417: 'database: notes' },
}
