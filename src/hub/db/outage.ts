/** Whether an error says that the database is away, and not that a question to it was wrong. */

import { XiaopiaoError } from '../../model/errors.js'
import { codeOf, isError } from '../../model/realms.js'

/** Of our own code. */
const FAULTS: ReadonlySet<string> = new Set([
  ...['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'],
])

export function isOutage(error: unknown): boolean {
  // Five letters are a code of PostgreSQL's; of them these classes are about the server, and not about the question.
  const code = codeOf(error) ?? ''
  if (/^[0-9A-Z]{5}$/.test(code)) return /^(08|40|53|55|57|58)/.test(code)
  const isFault = isError(error) && FAULTS.has(error.name)
  return !isFault && !(error instanceof XiaopiaoError)
}

/** Whether work that was carried out together may succeed alone: another transaction was in the way, or one piece of it is at fault. */
export function isWorthAlone(error: unknown): boolean {
  return !isOutage(error) || /^(40|55)/.test(codeOf(error) ?? '')
}
