#!/usr/bin/env node
/** The entry of the command line `xiaopiao`; its commands are in `program.ts`. */

import { version } from '../model/version.js'

// A reader such as `head` closes the pipe when it has read enough, which is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

const [, , word] = process.argv
// The version is printed without loading the commands, which takes longer.
if (word === '--version' || word === '-V') process.stdout.write(`${version}\n`)
else await run()

async function run(): Promise<void> {
  const { CommanderError } = await import('commander')
  const { createProgram } = await import('./program.js')
  try {
    const program = await createProgram(process.argv)
    await program.parseAsync()
  } catch (error) {
    // Commander has printed the help, or the error of the call, already.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    const { fail } = await import('./fail.js')
    fail(error)
  }
}
