/** Writes files, and the lines that tell of diagnostics. */

import { writeFile } from 'node:fs/promises'
import type { Diagnostic } from '../model/diagnostic.js'
import { inputError } from './fail.js'
import { STREAM, writeStdout } from './streams.js'

export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  if (path === STREAM) return writeStdout(content)
  try {
    await writeFile(path, content)
  } catch (cause) {
    throw inputError(
      'FILE_UNWRITABLE',
      `cannot write ${path}: ${(cause as Error).message}`,
      'check that its folder is there and may be written to',
    )
  }
}

/** Diagnostics on stderr, a line each. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const { severity, code, path, message, hint } of diagnostics) {
    const at = path === '' ? '' : ` at ${path}`
    const tail = hint === undefined ? '' : ` — ${hint}`
    process.stderr.write(`${severity} ${code}${at}: ${message}${tail}\n`)
  }
}
