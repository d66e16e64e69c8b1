/** Styled text as shaped paragraphs, ready to be wrapped. */

import { PlainCells } from '../model/cells.js'
import { repeatCells } from '../model/cut-cells.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { withLevels } from './directions.js'
import type { Flow, Piece, Span } from './line.js'
import { hasSize, isPrintable } from './measure.js'

/** Unicode's line ends. U+2028 and U+2029 come from editors and web pages. */
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/

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
    const kept = span.nowrap === true ? { nowrap: true } : {}
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
        const { shaper, report } = context
        const cells = shaper.shape(part, { path, report, column })
        // The tab stops of later text depend on the column that is reached.
        if (hasTabs) for (let c = 0; c < cells.length; c++) column += cells.width[c] as number
        paragraphs.at(-1)?.push({ cells, style, softHyphen: k < parts.length - 1, ...kept })
      }
    }
  }
  const { scripts } = context
  return scripts === undefined ? paragraphs : paragraphs.map((one) => withLevels(one, scripts))
}

/**
 * Returns the cells of text that needs no shaping, in a style that the printer has; otherwise undefined. Such text contains no line end,
 * tab or soft hyphen.
 */
export function plainText(
  text: string,
  style: TextStyle,
  { shaper, metrics }: LayoutContext,
): PlainCells | undefined {
  const wide = isPrintable(style, metrics) ? shaper.wideIn(text) : -1
  return wide < 0 ? undefined : new PlainCells(text, shaper.codes, wide)
}

function plainFlow({ text, style, nowrap }: Span, context: LayoutContext): Flow | undefined {
  const cells = text === '' || nowrap === true ? undefined : plainText(text, style, context)
  return cells && [{ cells, style }]
}

/** Replaces and reports a font or size that the printer lacks, so that the strip shows what will be printed. */
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

/** Repeats `flow` `count` times, for a rule or a leader. It was shaped once, so its diagnostics are reported once. */
export function repeatFlow(flow: Flow, count: number): Flow {
  return flow.map(({ cells, style }) => ({ cells: repeatCells(cells, count), style }))
}
