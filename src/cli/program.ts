/** The command line as a tree of commands, before it has read anything. */

import { Command } from 'commander'
import { addCompile } from './compile.js'
import { addDecode } from './decode.js'
import { addDiff } from './diff.js'
import { addDocs } from './docs.js'
import { addDoctor } from './doctor.js'
import { addEmulate } from './emulate.js'
import { addLogos } from './logos.js'
import { inOurWords } from './misspelt.js'
import { addPreview } from './preview.js'
import { addPrint } from './print.js'
import { addPrinters } from './printers.js'
import { addProfiles } from './profiles.js'
import { addQueue } from './queue.js'
import { addStatus } from './status.js'
import { checkStreams } from './streams.js'
import { addTestPage } from './test-page.js'
import { version } from './version.js'
import { addVouchers } from './vouchers/index.js'

const COMMANDS = [
  addCompile,
  addPreview,
  addDecode,
  addDiff,
  addPrint,
  addQueue,
  addVouchers,
  addPrinters,
  addStatus,
  addDoctor,
  addEmulate,
  addProfiles,
  addTestPage,
  addLogos,
  addDocs,
] as const

/**
 * All commands; a wrong call throws commander's error. `argv` are the words that messages about misspelt options look at.
 *
 * @example await createProgram(process.argv).parseAsync()
 */
export function createProgram(argv: readonly string[]): Command {
  const program = new Command('xiaopiao')
    .description(
      'Receipts as JSON → bytes for a thermal printer, pictures of them, and proof that they printed',
    )
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ outputError: (text, write) => write(inOurWords(text, program, argv)) })
    .hook('preAction', (_, command) => checkStreams(command))
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
  program.exitOverride()
  for (const add of COMMANDS) add(program)
  return program
}
