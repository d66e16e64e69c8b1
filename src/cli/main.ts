#!/usr/bin/env node
/** The command line: `xiaopiao compile | preview | decode | diff | print | emulate | profiles | test-page`. */

import { Command } from 'commander'
import { addCompile } from './compile.js'
import { addDecode } from './decode.js'
import { addDiff } from './diff.js'
import { addDocs } from './docs.js'
import { addDoctor } from './doctor.js'
import { addEmulate } from './emulate.js'
import { fail } from './fail.js'
import { addLogos } from './logos.js'
import { addPreview } from './preview.js'
import { addPrint } from './print.js'
import { addPrinters } from './printers.js'
import { addProfiles } from './profiles.js'
import { addQueue } from './queue.js'
import { addStatus } from './status.js'
import { addTestPage } from './test-page.js'
import { version } from './version.js'
import { addVouchers } from './vouchers/index.js'

const program = new Command('xiaopiao')
  .description(
    'Receipts as JSON → bytes for a thermal printer, pictures of them, and proof that they printed',
  )
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .addHelpText(
    'after',
    `
Exit codes:
  0  done
  1  the input is wrong; nothing was printed
  2  the command was called wrongly
  3  nothing was printed: the printer was not ready or not there
  4  part of it may have been printed

Examples:
  xiaopiao preview sale.json --data sale.data.json --profile generic-58 -o sale.png
  xiaopiao print sale.json --to tcp://192.168.1.50 --profile generic-80`,
  )

addCompile(program)
addPreview(program)
addDecode(program)
addDiff(program)
addPrint(program)
addQueue(program)
addVouchers(program)
addPrinters(program)
addStatus(program)
addDoctor(program)
addEmulate(program)
addProfiles(program)
addTestPage(program)
addLogos(program)
addDocs(program)

// Who reads only the beginning, as `head` does, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

program.parseAsync().catch(fail)
