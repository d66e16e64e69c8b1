/** The content of a paper from top to bottom: rows of text with their gaps, and pictures. */

import type { Paper, PrintedImage } from '../../model/paper.js'

/** Text without a wide gap in it. */
export interface Stretch {
  readonly text: string
  readonly x: number
  readonly end: number
  readonly isBold: boolean
  /** Whether all characters have at least twice the height and width. */
  readonly isLarge: boolean
}

export type PaperRow =
  | { readonly kind: 'text'; readonly y: number; readonly stretches: readonly Stretch[] }
  /** A line across. */
  | { readonly kind: 'rule'; readonly y: number }
  /** Dots that show what `text` says, such as a QR code; empty text for a picture such as a logo. */
  | ({ readonly kind: 'picture'; readonly text: string } & Box)

interface Box {
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
}

interface Piece extends Box {
  readonly text: string
  readonly isBold: boolean
  readonly isLarge: boolean
}

/** Greatest height of drawn text, three times that of its characters. A higher picture is a code. */
const HIGHEST_TEXT = 72
/** Greatest height of a picture that is a line across. */
const HIGHEST_RULE = 8
const RULE = /^[-=─━═_*·—–.]{8,}$/

/** Returns the rows of a paper in reading order. Characters of turned lines are read by their places on the paper, like all others. */
export function paperRows(paper: Paper): readonly PaperRow[] {
  const drawn = paper.texts.filter(({ heightDots }) => heightDots <= HIGHEST_TEXT)
  const rows = [...textRows(pieces(paper, drawn)), ...pictures(paper)]
  return rows.sort((a, b) => a.y - b.y)
}

function pieces(paper: Paper, drawn: Paper['texts']): readonly Piece[] {
  const glyphs = paper.glyphs.map((glyph) => {
    const { bold, doubleStrike, width, height } = glyph.style
    return { ...glyph, isBold: bold || doubleStrike, isLarge: width > 1 && height > 1 }
  })
  return [...glyphs, ...drawn.map((text) => ({ ...text, isBold: false, isLarge: false }))]
}

/** Groups pieces to rows. Two pieces are in one row if they share their base line, or half of the height of the lower one. */
function textRows(all: readonly Piece[]): PaperRow[] {
  const sorted = [...all].sort((a, b) => bottomOf(a) - bottomOf(b))
  const rows: Piece[][] = []
  for (const piece of sorted) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row !== undefined && last !== undefined && isBeside(last, piece)) row.push(piece)
    else rows.push([piece])
  }
  return rows.flatMap((row) => {
    const y = Math.min(...row.map((piece) => piece.y))
    const stretches = stretchesOf([...row].sort((a, b) => a.x - b.x))
    if (stretches.length === 0) return []
    const [only] = stretches
    const isRule = stretches.length === 1 && RULE.test(only?.text ?? '')
    return [isRule ? { kind: 'rule', y } : { kind: 'text', y, stretches }]
  })
}

function isBeside(a: Piece, b: Piece): boolean {
  const shared = Math.min(bottomOf(a), bottomOf(b)) - Math.max(a.y, b.y)
  return shared > Math.min(a.heightDots, b.heightDots) / 2
}

/** Joins the pieces of a row. A gap of up to a character and a half is a blank; a wider gap separates two stretches. */
function stretchesOf(row: readonly Piece[]): readonly Stretch[] {
  const found: Stretch[] = []
  let open: Stretch | undefined
  const end = () => {
    if (open !== undefined && open.text.trim() !== '')
      found.push({ ...open, text: open.text.trim() })
    open = undefined
  }
  let blanks = 0
  for (const piece of row) {
    const { text, x, widthDots, isBold, isLarge } = piece
    const right = x + widthDots
    if (text.trim() === '') {
      blanks++
      continue
    }
    const gap = open === undefined ? 0 : x - open.end
    if (open !== undefined && gap > 1.5 * cellOf(piece)) end()
    const blank = open !== undefined && (gap > cellOf(piece) / 2 || blanks > 0) ? ' ' : ''
    open =
      open === undefined
        ? { text, x, end: right, isBold, isLarge }
        : {
            text: `${open.text}${blank}${text}`,
            x: open.x,
            end: right,
            isBold: open.isBold && isBold,
            isLarge: open.isLarge && isLarge,
          }
    blanks = 0
  }
  end()
  return found
}

/** Half the width of a hanzi, or the width of a Latin letter. */
function cellOf({ text, widthDots }: Piece): number {
  return [...text].length > 1 ? widthDots / [...text].length : widthDots
}

function pictures(paper: Paper): PaperRow[] {
  const symbols = paper.symbols.map((symbol): PaperRow => {
    const { data, x, y, widthDots, heightDots } = symbol
    return { kind: 'picture', text: data, x, y, widthDots, heightDots }
  })
  const codes = paper.texts.filter(({ heightDots }) => heightDots > HIGHEST_TEXT)
  const images = joined(paper.images)
    .filter(
      (image) =>
        !paper.texts.some((text) => overlaps(image, text) && text.heightDots <= HIGHEST_TEXT),
    )
    .map((image): PaperRow => {
      const { y } = image
      if (image.heightDots <= HIGHEST_RULE && image.widthDots > paper.widthDots / 2)
        return { kind: 'rule', y }
      const code = codes.find((text) => overlaps(image, text))
      if (code === undefined) return { kind: 'picture', text: '', ...image }
      const { text, x, widthDots, heightDots } = code
      return { kind: 'picture', text, x, y: code.y, widthDots, heightDots }
    })
  return [...symbols, ...images]
}

/** Returns a box for each picture, joined from the picture's bands. */
function joined(images: readonly PrintedImage[]): readonly Box[] {
  const boxes: Box[] = []
  for (const { x, y, bitmap, scaleX, scaleY, continues } of images) {
    const widthDots = bitmap.widthDots * scaleX
    const heightDots = bitmap.heightDots * scaleY
    const last = boxes.at(-1)
    if (!continues || last === undefined) boxes.push({ x, y, widthDots, heightDots })
    else boxes[boxes.length - 1] = { ...last, heightDots: y + heightDots - last.y }
  }
  return boxes
}

function overlaps(a: Box, b: Box): boolean {
  const across = Math.min(a.x + a.widthDots, b.x + b.widthDots) - Math.max(a.x, b.x)
  return across > 0 && Math.min(bottomOf(a), bottomOf(b)) > Math.max(a.y, b.y)
}

function bottomOf({ y, heightDots }: Box): number {
  return y + heightDots
}
