/** An 80 mm clone of which we know no facts. It gets text, blanks, line feeds and `GS v 0` only. */
import type { Profile } from '../model/profile.js'
import { generic80 } from './generic-80.js'

export const safe80: Profile = {
  ...generic80,
  id: 'safe-80',
  name: 'Safe 80 mm clone',
  aliases: [],
  absolutePosition: false,
  drawnBy: 'raster-line',
  imageBandRows: 24,
  imageMaxBytes: 2048,
  cuts: [],
  quirks: [
    'Columns are placed by blanks, so they stand on cells of Font A.',
    'It never cuts: set cuts=partial if the printer has a cutter.',
  ],
  sources: {
    ...generic80.sources,
    absolutePosition: 'guessed: left out on purpose',
    drawnBy: 'guessed: left out on purpose',
    imageBandRows: 'guessed: fits a buffer of 4 KiB',
    imageMaxBytes: 'guessed: fits a buffer of 4 KiB',
    cuts: 'guessed: left out on purpose',
  },
}
