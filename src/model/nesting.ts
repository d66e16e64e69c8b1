/** A limit to how deep JSON may go, so that no walk through it can exhaust the stack. */

import { ReceiptError } from './errors.js'

/** Lists and objects in each other; a group in a group is two levels, a table in a cell five. */
export const MAX_LEVELS = 200

/**
 * Refuses values that are nested deeper than `mostLevels`, or that hold themselves.
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

/** The path of what is too deep, as far as its second step. */
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
