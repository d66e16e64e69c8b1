/** What printers of Chinese make have in common, on the cautious side: the other profiles are spread from it. */
import type { Profile } from '../model/profile.js'

/** Not a profile of its own: the paper, the cutter and the source are each model's. */
export const genericBase = {
  vendor: 'Generic',
  dpi: 203,
  lineSpacingDots: 30,
  fonts: {
    A: { widthDots: 12, heightDots: 24 },
    B: { widthDots: 9, heightDots: 17 },
  },
  hanzi: { widthDots: 24, heightDots: 24 },
  charset: 'gbk',
  chineseModeAtPowerOn: true,
  codePageTable: 'epson',
  codePages: [],
  absolutePosition: true,
  hanziSizeBy: 'both',
  imageBandRows: 128,
  drawnBy: 'column-image',
  qr: 'raster',
  drawer: { pin: 2, onMs: 120, offMs: 240 },
  answersStatus: null,
} as const satisfies Partial<Profile>
