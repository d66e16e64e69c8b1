/** Tells errors of a database that is away from errors of a wrong query. */

import { XiaopiaoError } from '../../model/errors.js'
import { codeOf, isError } from '../../model/realms.js'

/** Names of errors that are faults of our own code. */
const FAULTS: ReadonlySet<string> = new Set([
  ...['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'],
])

export function isOutage(error: unknown): boolean {
  // Five letters or digits are a code of PostgreSQL. These classes of codes are about the server, and not about the query.
  const code = codeOf(error) ?? ''
  if (/^[0-9A-Z]{5}$/.test(code)) return /^(08|40|53|55|57|58)/.test(code)
  const isFault = isError(error) && FAULTS.has(error.name)
  return !isFault && !(error instanceof XiaopiaoError)
}

/** Whether pieces of work that failed together may succeed alone, because another transaction was in the way or one of the pieces is at fault. */
export function isWorthAlone(error: unknown): boolean {
  return !isOutage(error) || /^(40|55)/.test(codeOf(error) ?? '')
}
