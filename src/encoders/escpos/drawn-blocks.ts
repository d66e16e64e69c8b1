/** The texts that a strip prints as dots, with the bytes that print them, from which a searchable file of the paper is made. */

import { type Cells, ZONE_DRAWN } from '../../model/cells.js'
import type { DrawnBlock, DrawnPiece } from '../../model/drawn-block.js'
import type { Block, LineBlock, RowBlock, Run, Strip } from '../../model/strip.js'
import { holdsDrawn, isDrawnRun } from './drawn-runs.js'

/** Returns an entry for each block that may print text as dots. If it did, the paper has no glyphs of that text. */
export function drawnBlocks(
  length: number,
  strip: Strip,
  blockStarts: readonly number[],
): DrawnBlock[] {
  return strip.blocks.flatMap((block, i) => {
    const pieces = piecesOf(block)
    if (pieces.length === 0) return []
    return [{ from: blockStarts[i] ?? length, to: blockStarts[i + 1] ?? length, pieces }]
  })
}

function piecesOf(block: Block): DrawnPiece[] {
  switch (block.kind) {
    case 'line':
      if (block.runs.some(isDrawnRun)) return wholeRuns(block)
      return holdsDrawn(block) ? block.runs.flatMap(stretchesOf) : []
    case 'symbol':
      return [{ text: block.symbol.data, x: block.x, widthDots: block.widthDots, isDots: true }]
    case 'row':
      return rowPieces(block)
    default:
      return []
  }
}

/** A line that is printed as dots, whatever its characters. */
function wholeRuns({ runs }: LineBlock): DrawnPiece[] {
  return readOrder(runs).map(({ x, widthDots, cells }) => {
    return { text: cells.text, x, widthDots, isDots: true }
  })
}

/** The runs in reading order, which is not from left to right in some scripts. */
function readOrder(runs: readonly Run[]): readonly Run[] {
  return runs.toSorted((a, b) => (a.order ?? a.x) - (b.order ?? b.x))
}

/** Splits a run where drawn characters begin and end. */
function stretchesOf(run: Run): DrawnPiece[] {
  const { cells } = run
  const dotsOfUnit = run.widthDots / Math.max(1, sumOf(cells.width))
  const pieces: DrawnPiece[] = []
  let { x } = run
  for (let from = 0; from < cells.length; ) {
    const isDots = cells.zone[from] === ZONE_DRAWN
    let to = from
    while (to < cells.length && (cells.zone[to] === ZONE_DRAWN) === isDots) to++
    const widthDots = dotsOfUnit * sumOf(cells.width.subarray(from, to))
    pieces.push({ text: textOf(cells, from, to), x, widthDots, isDots })
    x += widthDots
    from = to
  }
  return pieces
}

function textOf(cells: Cells, from: number, to: number): string {
  return cells.text.slice(cells.start[from], cells.start[to])
}

function sumOf(widths: Uint8Array): number {
  return widths.reduce((sum, width) => sum + width, 0)
}

/**
 * All texts of a row. If it is turned, they are one text over the whole picture, because pictures are read upright.
 */
function rowPieces(row: RowBlock): DrawnPiece[] {
  const pieces = row.cells.flatMap(({ y, blocks }) => {
    let top = y
    return blocks.flatMap((block) => {
      const inside = insidePieces(block, row.isLabel === true).map((piece) => ({
        ...piece,
        y: (piece.y ?? 0) + top,
      }))
      if ('heightDots' in block) top += block.heightDots
      else if (block.kind === 'image') top += block.bitmap.heightDots
      return inside
    })
  })
  if (row.turn === 0 || pieces.length === 0) return pieces
  const text = pieces.map((piece) => piece.text).join(' ')
  return [{ text, x: row.x, widthDots: row.widthDots, isDots: true }]
}

/** In page mode the printer prints lines of a label as its own text if it can; they are dots only if the whole label is. */
function insidePieces(block: Block, isLabel: boolean): DrawnPiece[] {
  switch (block.kind) {
    case 'line':
      return readOrder(block.runs).map(({ x, widthDots, cells }) => {
        const isDots = !isLabel || block.runs.some(isDrawnRun) || holdsDrawn(block)
        return { text: cells.text, x, widthDots, heightDots: block.heightDots, isDots }
      })
    case 'symbol':
      return piecesOf(block).map((piece) => ({ ...piece, heightDots: block.heightDots }))
    case 'row':
      return rowPieces(block)
    default:
      return []
  }
}
