/**
 * Spreadsheets run text that begins like a formula, so an export puts an apostrophe before such text, and an import removes it again.
 * Numbers are never touched, because `-1286` is an amount.
 */

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/** @example defused('=1+1') // "'=1+1" */
export function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** @example undefused("'=1+1") // '=1+1' */
export function undefused(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}
