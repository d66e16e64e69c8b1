/** The content of a file that is not JSON, with the place in the file of each part. */

import { ReceiptError } from '../model/errors.js'

export interface Written {
  /** The template or the data, as a value of JSON. */
  readonly value: unknown
  /** Returns the place of the value at a path such as `nodes[3].size`, or of its nearest parent: `line 5, column 7`. */
  placeOf(path: string): string | undefined
}

/** A position in a text. Line and column count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function positionText({ line, column }: Position): string {
  return `line ${line}, column ${column}`
}

/** Splits a path: `nodes[3].size` becomes `['nodes', '3', 'size']`. */
export function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step)
}

/**
 * Runs `run`, and adds the place in the file to the path of an error in the template: `nodes[3].size (line 5, column 7)`. It is added to
 * an error of `compile` only if the template contains no loops, conditions or the like, because they shift the nodes after them.
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
