/** Measures cells in dots, as the printer will print them. */

import { baselineDots, type Cells, emDots, letterDots, PlainCells } from '../model/cells.js'
import type { FontCell, Metrics } from '../model/metrics.js'
import type { TextStyle } from '../model/style.js'

/** A piece of a flow. */
export interface StyledCells {
  readonly cells: Cells
  readonly style: TextStyle
}

/** The part of a layout context that is needed to measure. */
export interface Measures {
  readonly metrics: Metrics
}

/** Returns the cell of a half-width character. A font that the printer lacks has the cell of font A. */
export function fontCell(style: TextStyle, metrics: Metrics): FontCell {
  return metrics.fonts[style.font] ?? metrics.fonts.A
}

function hanziCell({ font }: TextStyle, { hanzi, smallHanzi = hanzi }: Metrics): FontCell {
  return font === 'small' ? smallHanzi : hanzi
}

/** Dots that one cell of `cellWidth` (1 or 2) takes, the white after it included. */
export function advanceDots(cellWidth: number, style: TextStyle, metrics: Metrics): number {
  const cell = cellWidth === 2 ? hanziCell(style, metrics) : fontCell(style, metrics)
  return (cell.widthDots + style.letterSpacing) * style.width
}

/** Sizes of plain text in a style, in dots. */
export interface PlainMeasures {
  /** Advance of a character of one cell, and of two. */
  readonly half: number
  readonly wide: number
  readonly halfHeight: number
  readonly wideHeight: number
  /** Whether the printer has the style and leaves the space between the characters white, so that text can be laid out quickly. */
  readonly isQuick: boolean
}

let measured: { style: TextStyle; metrics: Metrics; plain: PlainMeasures } | undefined

/** Returns the sizes for a style. They are cached, because most texts have the style of the text before. */
export function plainMeasures(style: TextStyle, metrics: Metrics): PlainMeasures {
  if (measured === undefined || measured.style !== style || measured.metrics !== metrics) {
    measured = { style, metrics, plain: measurePlain(style, metrics) }
  }
  return measured.plain
}

function measurePlain(style: TextStyle, metrics: Metrics): PlainMeasures {
  return {
    half: advanceDots(1, style, metrics),
    wide: advanceDots(2, style, metrics),
    halfHeight: fontCell(style, metrics).heightDots * style.height,
    wideHeight: hanziCell(style, metrics).heightDots * style.height,
    isQuick: isPrintable(style, metrics) && !style.inverse && style.letterSpacing === 0,
  }
}

/** Whether the printer has the style's font and size. */
export function isPrintable({ font, width, height }: TextStyle, metrics: Metrics): boolean {
  return metrics.fonts[font] !== undefined && hasSize(width, height, metrics)
}

export function hasSize(width: number, height: number, { greatestSize = 8 }: Metrics): boolean {
  return width <= greatestSize && height <= greatestSize
}

/** Width of plain text of `length` characters, of which `wide` take two cells. */
export function plainDots(length: number, wide: number, measures: PlainMeasures): number {
  return wide * measures.wide + (length - wide) * measures.half
}

/** Height of plain text in dots, equal to `cellsHeightDots` of its cells. */
export function plainHeightDots(length: number, wide: number, measures: PlainMeasures): number {
  const { halfHeight, wideHeight } = measures
  if (wide === 0) return halfHeight
  return wide === length || wideHeight > halfHeight ? wideHeight : halfHeight
}

/** Dots that the cell at `index` takes: those of its letter if its script is shaped. */
export function cellDots(cells: Cells, index: number, style: TextStyle, metrics: Metrics): number {
  const letter = cells.letters?.[index]
  if (letter === undefined) return advanceDots(cells.width[index] as number, style, metrics)
  const em = emDots(fontCell(style, metrics).heightDots, style.width)
  return letterDots(letter, em) + style.letterSpacing * style.width
}

/** Width of all `cells` in dots. */
export function measureCells(cells: Cells, style: TextStyle, metrics: Metrics): number {
  if (!(cells instanceof PlainCells) && cells.letters !== undefined) {
    let widthDots = 0
    for (let i = 0; i < cells.length; i++) widthDots += cellDots(cells, i, style, metrics)
    return widthDots
  }
  const wide = wideCount(cells)
  return (
    wide * advanceDots(2, style, metrics) + (cells.length - wide) * advanceDots(1, style, metrics)
  )
}

/** Height of the tallest of `cells` in dots; without cells, the font's height. */
export function cellsHeightDots(cells: Cells, style: TextStyle, metrics: Metrics): number {
  const wide = wideCount(cells)
  const half = fontCell(style, metrics).heightDots
  const hanzi = hanziCell(style, metrics).heightDots
  const tallest = wide === 0 ? half : wide === cells.length ? hanzi : Math.max(half, hanzi)
  const { above } = reachDots(cells, style, metrics)
  return Math.max(tallest * style.height, above)
}

/** Dots that letters of `cells` reach above the bottom of their cells, and below it. */
export function reachDots(cells: Cells, style: TextStyle, metrics: Metrics) {
  if (cells instanceof PlainCells || cells.letters === undefined) return NO_REACH
  const { heightDots } = fontCell(style, metrics)
  const em = emDots(heightDots, style.height)
  const baseline = baselineDots(heightDots, style.height)
  let [above, below] = [0, 0]
  for (const letter of cells.letters) {
    if (letter === undefined) continue
    above = Math.max(above, Math.ceil(letter.above * em) + baseline)
    below = Math.max(below, Math.ceil(letter.below * em) - baseline)
  }
  return { above, below }
}

const NO_REACH = { above: 0, below: 0 }

function wideCount(cells: Cells): number {
  if (cells instanceof PlainCells) return cells.wide
  let wide = 0
  for (let i = 0; i < cells.length; i++) if (cells.width[i] === 2) wide++
  return wide
}

/** Height on paper of a picture of so many dots, rounded up to whole rows of the printer. */
export function pictureHeightDots(dots: number, { pictureRowDots = 1 }: Metrics): number {
  return Math.ceil(dots / pictureRowDots) * pictureRowDots
}

/** Width in dots of a flow on one line, without the letter spacing after the last character. */
export function measureFlow(flow: readonly StyledCells[], measures: Measures): number {
  return advanceFlow(flow, measures) - spacingAfter(flow)
}

/** Dots from the beginning of a flow to a next one: like `measureFlow`, with the letter spacing after the last character. */
export function advanceFlow(flow: readonly StyledCells[], { metrics }: Measures): number {
  let width = 0
  for (const piece of flow) width += measureCells(piece.cells, piece.style, metrics)
  return width
}

/** Dots of letter spacing that would come after the last character. */
export function spacingAfter(flow: readonly StyledCells[]): number {
  for (let p = flow.length - 1; p >= 0; p--) {
    const { cells, style } = flow[p] as StyledCells
    if (cells.length > 0) return style.letterSpacing * style.width
  }
  return 0
}

/** Widths in dots of a figure's parts before and after its point. */
export interface Point {
  readonly wholeDots: number
  /** The point and the figures after it, or 0 without a point. */
  readonly fractionDots: number
}

/** Returns the widths of a text before its cell `split`, and from that cell on. */
export function pointAt(flow: readonly StyledCells[], split: number, metrics: Metrics): Point {
  let widthDots = 0
  let wholeDots = 0
  let at = 0
  for (const { cells, style } of flow) {
    for (let i = 0; i < cells.length; i++) {
      if (at++ === split) wholeDots = widthDots
      widthDots += cellDots(cells, i, style, metrics)
    }
  }
  const whole = split >= at ? widthDots : wholeDots
  return { wholeDots: whole, fractionDots: widthDots - whole }
}
