/** What a reader of the paper sees: the letters of each line from left to right, by the places of its runs. */

import { cellText } from '../../src/model/cut-cells.js'
import type { Block, LineBlock, Run } from '../../src/model/strip.js'

/** All lines of text, those beside each other too. */
export function allLines(blocks: readonly Block[]): readonly LineBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'row') return block.cells.flatMap((cell) => allLines(cell.blocks))
    return block.kind === 'line' ? [block] : []
  })
}

/** The cells of a run from left to right. */
function seenCells({ cells, isRightToLeft }: Run): readonly string[] {
  const written = Array.from({ length: cells.length }, (_, i) => cellText(cells, i))
  return isRightToLeft === true ? written.reverse() : written
}

/** With one blank for any white between two runs. */
export function seenText({ runs }: LineBlock): string {
  let text = ''
  let end = 0
  for (const run of runs.toSorted((a, b) => a.x - b.x)) {
    if (run.x > end && text !== '') text += ' '
    text += seenCells(run).join('')
    end = run.x + run.widthDots
  }
  return text.replaceAll(/ +/g, ' ').trim()
}

export function seenLines(blocks: readonly Block[]): readonly string[] {
  return allLines(blocks).map(seenText)
}
