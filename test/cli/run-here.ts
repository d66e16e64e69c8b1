/** Runs the command line in this process, over the tree of commands: the start of a process costs more than most commands. */

import { CommanderError } from 'commander'
import { vi } from 'vitest'
import { errorLine, exitCodeOf } from '../../src/cli/fail.js'
import { createProgram } from '../../src/cli/program.js'
import type { Ran } from './run.js'

/** What `xiaopiao …args` writes and ends with. Give files by their absolute paths, because this process stays in its folder. */
export async function runHere(...args: readonly string[]): Promise<Ran> {
  const argv = ['node', 'xiaopiao', ...args]
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text)
      return true
    }),
  )
  const before = process.exitCode
  process.exitCode = 0
  try {
    const program = await createProgram(argv)
    await program.parseAsync(argv)
    return { code: Number(process.exitCode), ...written }
  } catch (error) {
    // As `main.ts` ends.
    if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2, ...written }
    return { code: exitCodeOf(error), ...written, stderr: `${written.stderr}${errorLine(error)}\n` }
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
