/** Writes files, and diagnostics as lines. */

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

/** Writes diagnostics to stderr, each on a line. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) process.stderr.write(lineOf(diagnostic))
}

function lineOf({ severity, code, path, message, hint }: Diagnostic): string {
  const at = path === '' ? '' : ` at ${path}`
  const tail = hint === undefined ? '' : ` — ${hint}`
  return `${severity} ${code}${at}: ${message}${tail}\n`
}

/** Writes findings to the standard output, as lines or as JSON. The exit code is 1 if one of them is a warning or an error. */
export function showFindings(findings: readonly Diagnostic[], asJson: boolean): void {
  const lines = asJson ? `${JSON.stringify(findings)}\n` : findings.map(lineOf).join('')
  process.stdout.write(lines === '' ? 'nothing found\n' : lines)
  if (findings.some(({ severity }) => severity !== 'info')) process.exitCode = 1
}
