/** Runs the command line in this process, over the tree of commands: the start of a process costs more than most commands. */

import { CommanderError } from 'commander'
import { vi } from 'vitest'
import { errorLine, exitCodeOf } from '../../src/cli/fail.js'
import { createProgram } from '../../src/cli/program.js'
import type { Piped } from './run.js'

/** What `xiaopiao …args` writes and ends with. Give files by their absolute paths, because this process stays in its folder. */
export function runHere(...args: readonly string[]): Promise<Piped> {
  return runHereIn(undefined, args)
}

/**
 * As `runHere`, in a folder, which only a process can change and no thread. One run must end before the next begins,
 * because they share the standard output.
 */
export async function runHereIn(cwd: string | undefined, args: readonly string[]): Promise<Piped> {
  const argv = ['node', 'xiaopiao', ...args]
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((...given: unknown[]) => {
      written[stream].push(Buffer.from(given[0] as string | Uint8Array))
      const done = given.at(-1)
      if (typeof done === 'function') queueMicrotask(() => done())
      return true
    }),
  )
  const ended = (code: number, error = ''): Piped => {
    const stdoutBytes = Buffer.concat(written.stdout)
    const stderr = Buffer.concat(written.stderr).toString('utf8') + error
    return { code, stdout: stdoutBytes.toString('utf8'), stdoutBytes, stderr }
  }
  const before = { exitCode: process.exitCode, cwd: process.cwd() }
  process.exitCode = 0
  try {
    if (cwd !== undefined) process.chdir(cwd)
    const program = await createProgram(argv)
    await program.parseAsync(argv)
    return ended(Number(process.exitCode))
  } catch (error) {
    // As `main.ts` ends.
    if (error instanceof CommanderError) return ended(error.exitCode === 0 ? 0 : 2)
    return ended(exitCodeOf(error), `${errorLine(error)}\n`)
  } finally {
    process.exitCode = before.exitCode
    if (cwd !== undefined) process.chdir(before.cwd)
    for (const spy of spies) spy.mockRestore()
  }
}
