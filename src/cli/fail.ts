/** Prints errors as one line on stderr, with code, path, what is wrong, and the fix, and chooses the exit code. */

import { JournalError } from '../journal/types.js'
import { LockError } from '../locks/file-lock.js'
import { TransportError, XiaopiaoError } from '../model/errors.js'
import { NotStarted, PartiallyPrinted, Uncertain } from '../printer/errors.js'

export const exitCodes = { wrongInput: 1, notPrinted: 3, uncertain: 4 } as const

/**
 * Makes the error of a mistake in the arguments or files given to the command line.
 *
 * @param path the argument, such as `by`
 */
export function inputError(
  code: string,
  message: string,
  hint?: string,
  path?: string,
): XiaopiaoError {
  return new XiaopiaoError(message, { code, hint, ...(path === undefined ? {} : { path }) })
}

export function fail(error: unknown): never {
  process.stderr.write(`${errorLine(error)}\n`)
  process.exit(exitCodeOf(error))
}

export function errorLine(error: unknown): string {
  if (!(error instanceof XiaopiaoError)) {
    const text = error instanceof Error ? error.message : String(error)
    return `error INTERNAL: ${oneLine(text)}`
  }
  const at = error.path === undefined || error.path === '' ? '' : ` at ${error.path}`
  const hint = error.hint === undefined ? '' : ` — ${error.hint}`
  return oneLine(`error ${error.code}${at}: ${error.message}${hint}`)
}

/** Makes one line without control characters, because a name from the command line could move the cursor of the screen. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/\p{Cc}/gu, '\ufffd')
}

/** Codes of journal errors that are not a fault of the caller's input. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['JOURNAL_LOCKED', 'JOURNAL_UNWRITTEN'])
/** Codes of errors about the address itself, which count as wrong input. */
const WRONG_ADDRESS = /^(URI_|ADDRESS_)/

/** Returns the exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NotStarted || error instanceof LockError) return exitCodes.notPrinted
  if (error instanceof JournalError && NOT_WRITTEN.has(error.code)) return exitCodes.notPrinted
  if (error instanceof TransportError) {
    return WRONG_ADDRESS.test(error.code) ? exitCodes.wrongInput : exitCodes.notPrinted
  }
  if (error instanceof PartiallyPrinted || error instanceof Uncertain) return exitCodes.uncertain
  return exitCodes.wrongInput
}
