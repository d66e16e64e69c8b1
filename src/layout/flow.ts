/** Styled text as shaped paragraphs, ready to be wrapped. */

import { plainCells, shape } from '../charsets/shape.js'
import type { Cells } from '../model/cells.js'
import { repeatCells } from '../model/cut-cells.js'
import type { Metrics } from '../model/metrics.js'
import type { PlainCells } from '../model/plain-cells.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { measureCells } from './measure.js'

export interface Span {
  readonly text: string
  readonly style: TextStyle
  /** Of the string in the receipt: `nodes[3].text[1].text`. */
  readonly path: string
}

export interface Piece {
  readonly cells: Cells
  readonly style: TextStyle
  /** A soft hyphen follows it, so the line may be broken there, with a hyphen. */
  readonly softHyphen?: boolean
}

/** As Unicode has them: U+2028 and U+2029 come from editors and web pages. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

/** One paragraph: no newline inside. */
export type Flow = readonly Piece[]

/** Shapes `spans` and cuts them at newlines; blank lines are kept as empty flows. At least one flow. */
export function shapeSpans(spans: readonly Span[], context: LayoutContext): Flow[] {
  const [first] = spans
  const plain = spans.length === 1 && first !== undefined ? plainFlow(first, context) : undefined
  if (plain !== undefined) return [plain]
  const paragraphs: Piece[][] = [[]]
  const hasTabs = spans.some(({ text }) => text.includes('\t'))
  let column = 0
  for (const span of spans) {
    const { text, path } = span
    const style = printableStyle(span, context)
    const lines = LINE_END.test(text) ? text.split(LINE_END) : [text]
    for (let i = 0; i < lines.length; i++) {
      if (i > 0) {
        paragraphs.push([])
        column = 0
      }
      const line = lines[i] as string
      const parts = line.includes('\u00ad') ? line.split('\u00ad') : [line]
      for (let k = 0; k < parts.length; k++) {
        const part = parts[k] as string
        if (part === '') continue
        const { charset, report, onUnsupported } = context
        const cells = shape(part, charset, { path, report, onUnsupported, column })
        // The tab stops of what follows.
        if (hasTabs) for (let c = 0; c < cells.length; c++) column += cells.width[c] as number
        paragraphs.at(-1)?.push({ cells, style, softHyphen: k < parts.length - 1 })
      }
    }
  }
  return paragraphs
}

/**
 * The cells of text that needs no shaping, in a style that the printer has; undefined for any other. No such text holds a
 * line end, a tab or a soft hyphen.
 */
export function plainText(
  text: string,
  style: TextStyle,
  { charset, metrics }: LayoutContext,
): PlainCells | undefined {
  return isPrintable(style, metrics) ? plainCells(text, charset) : undefined
}

function plainFlow({ text, style }: Span, context: LayoutContext): Flow | undefined {
  const cells = text === '' ? undefined : plainText(text, style, context)
  return cells && [{ cells, style }]
}

function isPrintable({ font, width, height }: TextStyle, metrics: Metrics): boolean {
  return metrics.fonts[font] !== undefined && hasSize(width, height, metrics)
}

function hasSize(width: number, height: number, { greatestSize = 8 }: Metrics): boolean {
  return width <= greatestSize && height <= greatestSize
}

/** A font or size that the printer does not have is replaced and reported: what the strip says is what is printed. */
function printableStyle(span: Span, context: LayoutContext): TextStyle {
  const style = printableFont(span, context)
  const { metrics, report } = context
  const { greatestSize = 8 } = metrics
  if (hasSize(style.width, style.height, metrics)) return style
  if (span.text !== '') {
    report({
      code: 'SIZE_UNSUPPORTED',
      severity: 'warning',
      message: `the printer knows sizes up to ${greatestSize}: size ${greatestSize} is printed`,
      path: span.path,
      hint: `use size 1 to ${greatestSize}`,
    })
  }
  return {
    ...style,
    width: Math.min(style.width, greatestSize),
    height: Math.min(style.height, greatestSize),
  }
}

function printableFont({ text, style, path }: Span, { metrics, report }: LayoutContext): TextStyle {
  if (metrics.fonts[style.font] !== undefined) return style
  if (text !== '') {
    report({
      code: 'FONT_UNSUPPORTED',
      severity: 'warning',
      message: `the printer has no font ${style.font}: font A is printed`,
      path,
      hint: `use font ${Object.keys(metrics.fonts).join(' or ')}`,
    })
  }
  return { ...style, font: 'A' }
}

/** Width in dots of a flow on one line; the letter spacing ends with the last character. */
export function measureFlow(flow: Flow, context: LayoutContext): number {
  return advanceFlow(flow, context) - spacingAfter(flow)
}

/** Dots from one flow to the next of the same kind: as `measureFlow`, with the letter spacing of the last character. */
export function advanceFlow(flow: Flow, context: LayoutContext): number {
  let width = 0
  for (const piece of flow) width += measureCells(piece.cells, piece.style, context.metrics)
  return width
}

/** Dots of letter spacing that would come after the last character. */
export function spacingAfter(flow: Flow): number {
  for (let p = flow.length - 1; p >= 0; p--) {
    const { cells, style } = flow[p] as Piece
    if (cells.length > 0) return style.letterSpacing * style.width
  }
  return 0
}

/** `flow` `count` times in a row: a rule or a leader, reported once. */
export function repeatFlow(flow: Flow, count: number): Flow {
  return flow.map(({ cells, style }) => ({ cells: repeatCells(cells, count), style }))
}
