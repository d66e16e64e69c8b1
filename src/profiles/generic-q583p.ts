/** Q583P: 16 hanzi but 33 digits on a line, so its digits are 11 dots and a bit wide. */
import type { Profile } from '../model/profile.js'
import { generic58 } from './generic-58.js'

export const genericQ583p: Profile = {
  ...generic58,
  id: 'generic-q583p',
  name: 'Q583P',
  quirks: [
    '33 digits fit on a line of 16 hanzi: its Font A is narrower than 12 dots, so columns are placed by ESC $.',
  ],
  aliases: [],
  sources: {
    ...generic58.sources,
    hanzi: 'users: escpos-php #299',
    widthDots: 'inferred: 16 hanzi of 24 dots',
  },
}
