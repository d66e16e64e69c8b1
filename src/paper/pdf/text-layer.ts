/**
 * The text of a paper in its place, so that it can be found and copied. It is invisible, because the dots already show it.
 */
import type { Paper, PrintedGlyph, PrintedLine } from '../../model/paper.js'
import { asciiOf, hex4, type PdfFile, utf16Hex } from './pdf-file.js'

/** A character in its box, in dots of the paper. */
export interface Placed {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
  readonly turn: 0 | 90 | 180 | 270
}

/** The share of the height that is below the base line. */
const DESCENT = 0.15

/** Returns the characters of a paper in reading order. */
export function placedTexts(paper: Paper): readonly Placed[] {
  const lines = paper.lines.flatMap((line) => lineTexts(paper, line))
  const drawn = paper.texts.flatMap((text) => spread(text.text, text))
  // Only the top 24 dots of a symbol, because selecting a text as high as the symbol would select everything beside it.
  const symbols = paper.symbols.flatMap((symbol) => {
    return spread(symbol.data, { ...symbol, heightDots: Math.min(24, symbol.heightDots) })
  })
  return inReadingOrder([...lines, ...drawn, ...symbols])
}

function lineTexts({ glyphs }: Paper, { from, to, turn }: PrintedLine): Placed[] {
  return glyphs.slice(from, to).map((glyph: PrintedGlyph) => {
    const { text, x, y, widthDots, heightDots } = glyph
    return { text, x, y, widthDots, heightDots, turn: turn ?? 0 }
  })
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * Places the characters of a text side by side in its box. Characters that cannot be read, as in binary data, are left
 * out.
 */
function spread(text: string, box: Omit<Placed, 'text' | 'turn'>): Placed[] {
  const written = [...text].filter((character) => character >= ' ' && character !== '\u007f')
  // PDF readers expect characters in visual order, and reverse text from right to left themselves.
  const characters = RIGHT_TO_LEFT.test(text) ? written.reverse() : written
  const widthDots = box.widthDots / Math.max(1, characters.length)
  return characters.map((character, i) => {
    const { y, heightDots } = box
    return { text: character, x: box.x + i * widthDots, y, widthDots, heightDots, turn: 0 }
  })
}

/** Sorts by the bottom of the boxes, because the characters of a line share it, then from left to right. */
function inReadingOrder(placed: readonly Placed[]): Placed[] {
  const bottom = (one: Placed) => one.y + one.heightDots
  return [...placed].sort((a, b) => {
    if (a.turn !== b.turn) return a.turn - b.turn
    if (a.turn === 0) return bottom(a) - bottom(b) || a.x - b.x
    if (a.turn === 180) return b.y - a.y || b.x - a.x
    if (a.turn === 90) return b.x - a.x || a.y - b.y
    return a.x - b.x || b.y - a.y
  })
}

/** The font of the text layer. It has no outlines, only the meaning of each code, so that no font need be embedded. */
export class TextFont {
  readonly #codes = new Map<string, number>()

  codeOf(text: string): string {
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.#codes.size + 1
      this.#codes.set(text, code)
    }
    return hex4(code)
  }

  /** Writes the font and the table of its codes. */
  writeTo(file: PdfFile, number: number): void {
    const name = '/BaseFont/Text'
    const descriptor = file.add(
      '<</Type/FontDescriptor/FontName/Text/Flags 4/FontBBox[0 -150 1000 850]/ItalicAngle 0/Ascent 850/Descent -150/CapHeight 700/StemV 80>>',
    )
    const system = '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>'
    const inside = file.add(
      `<</Type/Font/Subtype/CIDFontType2${name}/CIDToGIDMap/Identity${system}/DW 1000/FontDescriptor ${descriptor} 0 R>>`,
    )
    const meanings = file.addStream('', asciiOf(this.#meanings()))
    file.add(
      `<</Type/Font/Subtype/Type0${name}/Encoding/Identity-H/DescendantFonts[${inside} 0 R]/ToUnicode ${meanings} 0 R>>`,
      number,
    )
  }

  #meanings(): string {
    const rows = [...this.#codes].map(([text, code]) => `<${hex4(code)}> <${utf16Hex(text)}>`)
    const tables: string[] = []
    // A table has at most 100 rows.
    for (let i = 0; i < rows.length; i += 100) {
      const some = rows.slice(i, i + 100)
      tables.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`)
    }
    return [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      ...tables,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n')
  }
}

/**
 * Makes the operators that write the characters invisibly (rendering mode 3).
 * @param pointsOf size of a dot in points
 * @param top height of row 0 above the bottom of the page, in points
 * @param left distance of column 0 from the left edge of the page, in points
 */
export function textOperators(
  placed: readonly Placed[],
  font: TextFont,
  {
    pointsOf,
    top,
    left,
  }: { readonly pointsOf: number; readonly top: number; readonly left: number },
): string {
  const parts = ['BT 3 Tr']
  for (let i = 0; i < placed.length; ) {
    const first = placed[i] as Placed
    let codes = ''
    let next: Placed | undefined = first
    let end = first
    while (next !== undefined && (next === first || follows(end, next))) {
      codes += font.codeOf(next.text)
      end = next
      next = placed[++i]
    }
    const { across, high, matrix, x, y } = baseOf(first)
    const size = high * pointsOf
    const e = left + x * pointsOf
    const f = top - y * pointsOf
    const stretch = decimal((across / high) * 100)
    parts.push(
      `/F ${decimal(size)} Tf ${stretch} Tz ${matrix} ${decimal(e)} ${decimal(f)} Tm <${codes}> Tj`,
    )
  }
  return `${parts.join('\n')}\nET`
}

/** Whether a character has the size of the one before it and begins where that ends, so that both go into one string. */
function follows(before: Placed, next: Placed): boolean {
  return (
    next.turn === 0 &&
    before.turn === 0 &&
    next.y === before.y &&
    next.widthDots === before.widthDots &&
    next.heightDots === before.heightDots &&
    Math.abs(next.x - before.x - before.widthDots) < 0.01
  )
}

/**
 * Returns the start of a character's base line in dots, its size along and across the line, and the rotation of the line.
 */
function baseOf({ x, y, widthDots: w, heightDots: h, turn }: Placed) {
  // A tenth of a dot inside of the edge, because Poppler drops a character that begins on the edge.
  const right = x + w - 0.1
  const bottom = y + h - 0.1
  if (turn === 0) return { matrix: '1 0 0 1', across: w, high: h, x, y: y + h * (1 - DESCENT) }
  if (turn === 90) return { matrix: '0 -1 1 0', across: h, high: w, x: x + w * DESCENT, y }
  if (turn === 180) return { matrix: '-1 0 0 -1', across: w, high: h, x: right, y: y + h * DESCENT }
  return { matrix: '0 1 -1 0', across: h, high: w, x: x + w * (1 - DESCENT), y: bottom }
}

/** Writes a number with at most three decimals, because a thousandth of a point is less than a hundredth of a dot. */
function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
