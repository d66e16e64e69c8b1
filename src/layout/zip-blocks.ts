/** Joins blocks of cells side by side into blocks of the whole row. */

import { ReceiptError } from '../model/errors.js'
import type { Metrics } from '../model/metrics.js'
import { type Block, inkedDots, type RowBlock, type Run } from '../model/strip.js'
import type { VerticalAlign } from '../model/style.js'
import { pictureHeightDots } from './measure.js'
import { lineBlock } from './place.js'

export interface CellBlocks {
  readonly blocks: readonly Block[]
  readonly valign: VerticalAlign
}

/**
 * Joins the blocks of cells: line i of every cell becomes line i of the row. A cell with fewer lines goes to the top, middle or bottom. If
 * a cell holds a picture or a symbol, the row becomes one `row` block, printed as dots.
 */
export function zipBlocks(cells: readonly CellBlocks[], metrics: Metrics, path: string): Block[] {
  const flat = cells.every(({ blocks }) => blocks.every(isLine))
  if (!flat) {
    refuseActions(cells, path)
    const contentDots = Math.max(...cells.map(({ blocks }) => heightOf(blocks)))
    const heightDots = pictureHeightDots(contentDots, metrics)
    return [
      {
        kind: 'row',
        heightDots,
        widthDots: metrics.widthDots,
        insideDots: metrics.widthDots,
        turn: 0,
        x: 0,
        cells: cells.map((cell) => placed(cell, heightDots)),
        path,
      },
    ]
  }
  const height = Math.max(1, ...cells.map(({ blocks }) => blocks.length))
  const rows: Block[] = []
  for (let i = 0; i < height; i++) {
    const runs: Run[] = []
    let feedDots = 0
    for (const { blocks, valign } of cells) {
      const block = blocks[i - skipped(height - blocks.length, valign)]
      if (block?.kind === 'line') runs.push(...block.runs)
      if (block?.kind === 'feed') feedDots = Math.max(feedDots, block.heightDots)
    }
    const row = lineBlock(runs, metrics, path)
    rows.push(row.kind === 'feed' && feedDots > 0 ? { kind: 'feed', heightDots: feedDots } : row)
  }
  return rows
}

/** Turns `blocks`, which were laid out `insideDots` wide from x 0 on, into one rotated picture. */
export function turnBlocks(
  blocks: readonly Block[],
  insideDots: number,
  turn: 90 | 180 | 270,
  path: string,
): RowBlock {
  const cell = { blocks, valign: 'top' } as const
  refuseActions([cell], path)
  const height = heightOf(blocks)
  const [widthDots, heightDots] = turn === 180 ? [insideDots, height] : [height, insideDots]
  return {
    kind: 'row',
    x: 0,
    widthDots,
    heightDots,
    insideDots,
    turn,
    cells: [{ y: 0, blocks }],
    path,
  }
}

/** Throws if a cell holds a cut, a drawer pulse or a device request, because these cannot be part of a picture. */
export function refuseActions(cells: readonly CellBlocks[], path: string): void {
  for (const { blocks } of cells) {
    const found = blocks.map(actionOf).find((name) => name !== undefined)
    if (found === undefined) continue
    throw new ReceiptError(`${found} cannot stand in a cell`, {
      code: 'CELL_HOLDS_ACTION',
      path,
      hint: 'put it after the columns',
    })
  }
}

/** Returns the name of a block that does something other than printing; undefined for one that prints. */
function actionOf(block: Block): string | undefined {
  if (block.kind === 'device') return `a ${block.request.ask}`
  return block.kind === 'cut' ? 'a cut' : block.kind === 'pulse' ? 'a drawer' : undefined
}

function isLine(block: Block): boolean {
  return block.kind === 'line' || block.kind === 'feed'
}

function skipped(spare: number, valign: VerticalAlign): number {
  return valign === 'top' ? 0 : valign === 'bottom' ? spare : spare >> 1
}

function placed({ blocks, valign }: CellBlocks, heightDots: number) {
  return { y: skipped(heightDots - heightOf(blocks), valign), blocks }
}

/** Returns the width that blocks laid out from x 0 need: their right edge, plus white at the right equal to the white at their left. */
export function naturalDots(blocks: readonly Block[]): number {
  let widest = 0
  for (const block of blocks) {
    const [left, right] = extentOf(block)
    if (left + right > widest) widest = left + right
  }
  return widest
}

function extentOf(block: Block): readonly [number, number] {
  switch (block.kind) {
    case 'line': {
      const last = block.runs.at(-1)
      return [block.runs[0]?.x ?? 0, last === undefined ? 0 : last.x + last.widthDots]
    }
    case 'image':
      return [block.x, block.x + block.bitmap.widthDots]
    case 'symbol':
    case 'row':
      return [block.x, block.x + block.widthDots]
    default:
      return [0, 0]
  }
}

/** Total height of blocks under each other. */
export function heightOf(blocks: readonly Block[]): number {
  let height = 0
  for (const block of blocks) height += blockHeight(block)
  return height
}

/** Height of the blocks without the white below the ink of a last line, which only separates it from a next line. */
export function inkHeightOf(blocks: readonly Block[]): number {
  const height = heightOf(blocks)
  const last = blocks.at(-1)
  if (last?.kind !== 'line') return height
  return height - last.heightDots + inkedDots(last.runs)
}

function blockHeight(block: Block): number {
  switch (block.kind) {
    case 'image':
      return block.bitmap.heightDots
    case 'pulse':
    case 'device':
      return 0
    default:
      return block.heightDots
  }
}
