/** The account of characters: what a receipt holds, what its strip prints, and what the diagnostics own up to. */

import type { CellContent, Receipt, ReceiptNode, Text } from '../../src/elements/nodes.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import type { Block, Strip } from '../../src/model/strip.js'

export interface Entry {
  readonly character: string
  /** Characters of the input that were neither printed nor reported. */
  readonly lost: number
}

/** All text of `receipt` that is to be printed; rules and leaders repeat theirs and are left out. */
export function inputOf(receipt: Receipt): string {
  return receipt.nodes.map(textOfNode).join('')
}

function textOfNode(node: ReceiptNode): string {
  switch (node.kind) {
    case 'text':
      return plain(node.text)
    case 'rule':
      return plain(node.text ?? '')
    case 'field':
      return plain(node.label) + plain(node.value)
    case 'columns':
      return [node.header ?? [], ...node.rows, node.footer ?? []].flat().map(textOfCell).join('')
    case 'banner':
      return plain(node.text)
    case 'box':
      return plain(node.title ?? '') + node.nodes.map(textOfNode).join('')
    case 'row':
      return node.cells.map(({ nodes }) => nodes.map(textOfNode).join('')).join('')
    case 'label':
    case 'group':
      return node.nodes.map(textOfNode).join('')
    default:
      return ''
  }
}

function textOfCell(cell: CellContent): string {
  if (typeof cell === 'string') return plain(cell)
  if ('nodes' in cell) return cell.nodes.map(textOfNode).join('')
  return plain('text' in cell ? cell.text : cell)
}

/** Each string composed by itself, as it is shaped. */
function plain(text: Text): string {
  if (typeof text === 'string') return text.normalize('NFC')
  return text.map((span) => (typeof span === 'string' ? span : span.text).normalize('NFC')).join('')
}

/** All text of the strip's lines, those in rows of dots as well. */
export function printedTextOf(strip: Strip): string {
  return textOfBlocks(strip.blocks)
}

function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'line') return block.runs.map((run) => run.cells.text).join('')
      return block.kind === 'row'
        ? block.cells.map((cell) => textOfBlocks(cell.blocks)).join('')
        : ''
    })
    .join('')
}

/** Blanks and line ends are white: a break may take them. A soft hyphen prints only where a line breaks. */
const white = /^[ \t\r\n\u00ad]$/

/** Characters that were cut off at an edge or left out for an ellipsis, by the diagnostics' own count. */
export function clippedCount(diagnostics: readonly Diagnostic[]): number {
  return diagnostics
    .filter(({ code }) => code === 'TEXT_CLIPPED' || code === 'TEXT_SHORTENED')
    .reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0)
}

export function accountOf(
  receipt: Receipt,
  strip: Strip,
  diagnostics: readonly Diagnostic[],
): Entry[] {
  const input = tally(inputOf(receipt))
  const printed = tally(printedTextOf(strip))
  return [...input].map(([character, count]) => ({
    character,
    lost: white.test(character)
      ? 0
      : count - (printed.get(character) ?? 0) - reported(character, diagnostics),
  }))
}

/** How often the diagnostics say that something became of `character`. */
function reported(character: string, diagnostics: readonly Diagnostic[]): number {
  const point = character.codePointAt(0) as number
  const name = new RegExp(`U\\+0*${point.toString(16).toUpperCase()}\\b`)
  let count = 0
  for (const { code, message } of diagnostics) {
    const named = name.test(message) || code === 'SCRIPT_UNSUPPORTED'
    if (named) count += Number(/\((\d+) times?\)/.exec(message)?.[1] ?? 0)
  }
  return count
}

function tally(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

export function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
