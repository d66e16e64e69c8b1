/** What the emulator's tests share: a profile, byte strings in hex, and a few short ways. */
import { VirtualPrinter } from '../../src/entries/emulator.js'
import type { Paper } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { generic80 } from '../../src/profiles/generic-80.js'

export const profile80: Profile = {
  ...generic80,
  id: 'test-80',
  vendor: 'test',
  name: 'test',
  paperMm: 80,
  widthDots: 576,
  dpi: 203,
  lineSpacingDots: 30,
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 9, heightDots: 17 } },
  hanzi: { widthDots: 24, heightDots: 24 },
  charset: 'gbk',
  chineseModeAtPowerOn: true,
  codePageTable: 'epson',
  codePages: [],
  absolutePosition: true,
  hanziSizeBy: 'both',
  imageBandRows: 128,
  drawnBy: 'column-image',
  qr: 'native',
  barcodes: 'function-b',
  nativeBarcodes: [],
  pdf417: 'native',
  imageCommand: 'gs-v-0',
  storedLogos: 'none',
  cuts: ['full', 'partial'],
  headToCutterDots: 100,
  drawer: { pin: 2, onMs: 120, offMs: 240 },
  answersStatus: true,
}

/** Bytes from hex pairs and 'quoted ASCII'. */
export function bytes(source: string): Uint8Array {
  const parts = source.match(/'[^']*'|[0-9A-Fa-f]{2}/g) ?? []
  return Uint8Array.from(
    parts.flatMap((part) =>
      part.startsWith("'")
        ? Array.from(part.slice(1, -1), (character) => character.charCodeAt(0))
        : [Number.parseInt(part, 16)],
    ),
  )
}

export function print(source: string | Uint8Array, overrides: Partial<Profile> = {}): Paper {
  const printer = new VirtualPrinter({ profile: { ...profile80, ...overrides } })
  printer.write(typeof source === 'string' ? bytes(source) : source)
  return printer.end()
}

/** Each glyph as `text@x,y`, with its size where it is not that of Font A. */
export function places(paper: Paper): string[] {
  return paper.glyphs.map(({ text, x, y, widthDots, heightDots }) => {
    const plain = widthDots === 12 && heightDots === 24
    return `${text}@${x},${y}${plain ? '' : ` ${widthDots}x${heightDots}`}`
  })
}
