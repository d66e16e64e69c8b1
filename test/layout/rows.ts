/** Lays nodes out and gives the printed rows as text: every character at its column, blanks between. */

import { type Compiled, compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { cellText } from '../../src/model/cut-cells.js'
import type { Profile } from '../../src/model/profile.js'
import type { LineBlock } from '../../src/model/strip.js'
import { generic58 } from '../../src/profiles/index.js'

/** A GBK printer with paper `columns` half-width cells wide. */
export function paperOf(columns: number): Profile {
  return { ...generic58, widthDots: columns * 12 }
}

export function compileNodes(nodes: readonly ReceiptNode[], columns: number): Compiled {
  return compile({ nodes }, { profile: paperOf(columns) })
}

/** The rows of text of normal width; throws where something does not stand on a column. */
export function rowsOf(nodes: readonly ReceiptNode[], columns = 32): string[] {
  return compileNodes(nodes, columns)
    .strip.blocks.filter((block) => block.kind === 'line' || block.kind === 'feed')
    .map((block) => (block.kind === 'line' ? rowOf(block) : ''))
}

function rowOf(line: LineBlock): string {
  let row = ''
  let column = 0
  for (const { x, cells, widthDots } of line.runs) {
    if (x % 12 !== 0 || widthDots % 12 !== 0) throw new Error(`${x} is between two columns`)
    row += ' '.repeat(x / 12 - column)
    for (let i = 0; i < cells.length; i++) row += cellText(cells, i)
    column = (x + widthDots) / 12
  }
  return row
}

/** Half-width cells of a row, as a GBK printer prints it. */
export function cellsOf(row: string): number {
  let cells = 0
  for (const character of row) cells += (character.codePointAt(0) as number) < 0x80 ? 1 : 2
  return cells
}
