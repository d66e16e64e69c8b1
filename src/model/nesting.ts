/** Limits the depth of JSON, so that recursion over it cannot exhaust the stack. */

import { ReceiptError } from './errors.js'

/** Greatest depth of lists and objects in each other. A group in a group adds two levels, a table in a cell five. */
export const MAX_LEVELS = 200

/**
 * Refuses values that are nested deeper than `MAX_LEVELS`, or that contain themselves.
 * @throws ReceiptError `code`, with the path of the element near the root that is too deep.
 */
export function checkNesting(value: unknown, code: string): void {
  const path = deepPath(value, 0)
  if (path === undefined) return
  throw new ReceiptError(`nested deeper than ${MAX_LEVELS} levels`, {
    code,
    path,
    hint: 'put groups and tables into each other less often; nothing may hold itself',
  })
}

/** Returns the first two steps of the path to a value that is too deep; undefined if there is none. */
function deepPath(value: unknown, level: number): string | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  if (level === MAX_LEVELS) return ''
  for (const key of Object.keys(value)) {
    const rest = deepPath((value as Readonly<Record<string, unknown>>)[key], level + 1)
    if (rest === undefined) continue
    if (level > 1) return ''
    return `${level > 0 && Array.isArray(value) ? `[${key}]` : key}${rest}`
  }
  return undefined
}
