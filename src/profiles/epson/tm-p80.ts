/** Epson TM-P80, portable, in its mode of 48 columns. */
import type { Profile } from '../../model/profile.js'
import { epsonBase } from './base.js'

export const epsonTmP80: Profile = {
  ...epsonBase,
  id: 'epson-tm-p80',
  name: 'TM-P80',
  quirks: ['escpos-printer-db has 42 and 56 columns for the mode of 48 columns.'],
  sources: { ...epsonBase.sources, fonts: 'inferred: mode of 48 columns' },
}
