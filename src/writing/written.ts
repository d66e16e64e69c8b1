/** The content of a file in another form than JSON, with the place at which each part of it was written. */

import { ReceiptError } from '../model/errors.js'

export interface Written {
  /** The template or the data, as JSON has them. */
  readonly value: unknown
  /** The place of what is at a path such as `nodes[3].size`, or of what holds it: `line 5, column 7`. */
  placeOf(path: string): string | undefined
}

/** Both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionText({ line, column }: Position): string {
  return `line ${line}, column ${column}`
}

/** `['nodes', '3', 'size']` of `nodes[3].size`. */
export function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step)
}

/**
 * Runs `run`; an error in the template gets the place in the file behind its path: `nodes[3].size (line 5, column 7)`.
 * An error of `compile` gets it only if the template holds no loops, because they move the nodes behind them.
 *
 * @example
 * const written = readMarkdown('合计 :: ￥56.00')
 * const compiled = atPlace(written, () => compileJson(written.value, { profile }))
 * compiled.bytes.length > 0 // true
 */
export function atPlace<T>(written: Written, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ReceiptError) || error.path === undefined) throw error
    const { code, path, hint, cause } = error
    const isOfTemplate = code.startsWith('TEMPLATE_')
    const isOfData = code.startsWith('DATA_') || path.startsWith('partials.')
    const place = isOfTemplate || !movesNodes(written.value) ? written.placeOf(path) : undefined
    if (isOfData || place === undefined) throw error
    throw new ReceiptError(error.message, { code, path: `${path} (${place})`, hint, cause })
  }
}

const MOVING: ReadonlySet<unknown> = new Set(['each', 'if', 'switch', 'let', 'include'])

function movesNodes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return ('kind' in value && MOVING.has(value.kind)) || Object.values(value).some(movesNodes)
}
