/** A strip as text for the eye: one line a block, every character at its column, with a ruler in cells. */

import type { Bitmap } from '../../src/model/bitmap.js'
import { ZONE_DRAWN } from '../../src/model/cells.js'
import { cellText } from '../../src/model/cut-cells.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import type { Metrics } from '../../src/model/metrics.js'
import type { Block, LineBlock, Run, Strip } from '../../src/model/strip.js'
import { plainStyle, sameStyle } from '../../src/model/style.js'

/**
 * Before each block stands its height in dots. Columns are half-width cells of Font A; what stands between two columns,
 * or is not plain, is named at the line's end.
 */
export function stripText(
  strip: Strip,
  metrics: Metrics,
  diagnostics: readonly Diagnostic[],
): string {
  const columns = Math.floor(strip.widthDots / metrics.fonts.A.widthDots)
  const lines = [`${strip.widthDots} dots, ${columns} columns`, ruler(columns)]
  let total = 0
  for (const block of strip.blocks) {
    const height = heightOf(block)
    const before = String(height).padStart(5)
    const text = block.kind === 'line' ? `|${lineText(block, metrics, columns)}` : blockText(block)
    lines.push(`${before} ${text}`.trimEnd())
    total += height
  }
  lines.push(`${String(total).padStart(5)} in all`)
  for (const { severity, code, path, message } of diagnostics) {
    lines.push(`${severity} ${code} ${path}: ${message}`)
  }
  return `${lines.join('\n')}\n`
}

function heightOf(block: Block): number {
  if (block.kind === 'image') return block.bitmap.heightDots
  return 'heightDots' in block ? block.heightDots : 0
}

function ruler(columns: number): string {
  let text = ''
  for (let column = 1; column <= columns; column++) {
    text += column % 10 === 0 ? (column / 10) % 10 : column % 5 === 0 ? ':' : '.'
  }
  return `      |${text}|`
}

function lineText(line: LineBlock, metrics: Metrics, columns: number): string {
  const cellDots = metrics.fonts.A.widthDots
  let text = ''
  let column = 0
  for (const run of line.runs) {
    let x = run.x
    for (let i = 0; i < run.cells.length; i++) {
      const wide = run.cells.width[i] === 2
      const cell = wide ? metrics.hanzi : (metrics.fonts[run.style.font] ?? metrics.fonts.A)
      const at = Math.floor(x / cellDots)
      if (at > column) {
        text += ' '.repeat(at - column)
        column = at
      }
      text += cellText(run.cells, i)
      column += wide ? 2 : 1
      x += cell.widthDots * run.style.width
    }
  }
  const blanks = ' '.repeat(Math.max(columns - column, 0))
  const notes = line.runs.map((run) => runNote(run, cellDots)).filter((note) => note !== '')
  return `${text}${blanks}| ${notes.join('; ')}`
}

function runNote({ x, widthDots, style, cells }: Run, cellDots: number): string {
  const words: string[] = []
  if (style.font !== 'A') words.push(`font ${style.font}`)
  if (style.width > 1 || style.height > 1) words.push(`${style.width}×${style.height}`)
  if (style.bold) words.push('bold')
  if (style.underline > 0) words.push(`underline ${style.underline}`)
  if (style.inverse) words.push('inverse')
  for (let i = 0; i < cells.length; i++) {
    if (cells.zone[i] === ZONE_DRAWN) words.push(`drawn ${cellText(cells, i)}`)
  }
  if (words.length === 0 && x % cellDots === 0 && sameStyle(style, plainStyle)) return ''
  return [`x ${x} to ${x + widthDots}`, ...words].join(' ')
}

/** A block inside a row of dots; a line is its text. */
function inRow(block: Block): string {
  if (block.kind !== 'line') return blockText(block)
  return block.runs.map((run) => run.cells.text).join(' ')
}

function blockText(block: Exclude<Block, LineBlock>): string {
  switch (block.kind) {
    case 'image': {
      const { widthDots, heightDots } = block.bitmap
      return `[image x ${block.x} ${widthDots}×${heightDots} dots, ${blackDots(block.bitmap)} black]`
    }
    case 'symbol': {
      const { symbology, data } = block.symbol
      const size = `${block.widthDots}×${block.heightDots} dots`
      const level = symbology === 'qr' ? `, level ${block.symbol.level}` : ''
      const module = symbology === 'maxicode' ? '' : `, module ${block.symbol.moduleDots}`
      return `[${symbology} x ${block.x} ${size}${level}${module}: ${data}]`
    }
    case 'row':
      return `[row of dots ${block.widthDots}×${block.heightDots}: ${block.cells.map((cell) => cell.blocks.map(inRow).join(' ')).join(' | ')}]`
    case 'feed':
      return `[feed ${block.heightDots}]`
    case 'cut':
      return `[cut ${block.mode} after ${block.heightDots}]`
    case 'pulse':
      return `[drawer${block.pin === undefined ? '' : ` pin ${block.pin}`}]`
    case 'device':
      return `[${JSON.stringify(block.request)}]`
    default:
      return block satisfies never
  }
}

function blackDots(bitmap: Bitmap): number {
  let count = 0
  for (const byte of bitmap.data) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count
}
