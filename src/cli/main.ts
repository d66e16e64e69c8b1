#!/usr/bin/env node
/** The command line: `xiaopiao compile | preview | decode | diff | print | emulate | profiles | test-page`. */

import { CommanderError } from 'commander'
import { fail } from './fail.js'
import { createProgram } from './program.js'

// A reader such as `head` ends the pipe when it has what it wanted, so that is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

createProgram(process.argv)
  .parseAsync()
  .catch((error: unknown) => {
    // Commander has shown the help, or what is wrong with the call.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    fail(error)
  })
