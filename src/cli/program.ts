/** The tree of commands, with options and help. */

import { Command } from 'commander'
import { version } from '../model/version.js'
import { inOurWords } from './misspelt.js'

type Add = (program: Command) => void

/** Loads each command by its name. Only the command that is called is loaded, because most need rooms that the others do not. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  compile: async () => (await import('./compile.js')).addCompile,
  preview: async () => (await import('./preview.js')).addPreview,
  lint: async () => (await import('./lint.js')).addLint,
  template: async () => (await import('./template.js')).addTemplate,
  decode: async () => (await import('./decode.js')).addDecode,
  diff: async () => (await import('./diff.js')).addDiff,
  print: async () => (await import('./print.js')).addPrint,
  queue: async () => (await import('./queue.js')).addQueue,
  agent: async () => (await import('./agent.js')).addAgent,
  vouchers: loadVouchers,
  hub: loadHub,
  printers: async () => (await import('./printers.js')).addPrinters,
  status: async () => (await import('./status.js')).addStatus,
  doctor: async () => (await import('./doctor.js')).addDoctor,
  emulate: async () => (await import('./emulate.js')).addEmulate,
  profiles: async () => (await import('./profiles.js')).addProfiles,
  'test-page': async () => (await import('./test-page.js')).addTestPage,
  logos: async () => (await import('./logos.js')).addLogos,
  docs: async () => (await import('./docs.js')).addDocs,
}

/** Loads the group of vouchers with its commands. */
async function loadVouchers(): Promise<Add> {
  const { addGroup } = await import('./vouchers/group.js')
  const { addRecording } = await import('./vouchers/record.js')
  const { addUndoing } = await import('./vouchers/undo.js')
  const { addFinding } = await import('./vouchers/find.js')
  const { addPrinting } = await import('./vouchers/print.js')
  const { addShowing } = await import('./vouchers/show.js')
  const { addLinking } = await import('./vouchers/link.js')
  const { addClosing } = await import('./vouchers/close.js')
  const { addSums } = await import('./vouchers/sums.js')
  const { addSettings } = await import('./vouchers/settings.js')
  const { addChecking } = await import('./vouchers/check.js')
  const { addPushing } = await import('./vouchers/push.js')
  const { addBackups } = await import('./vouchers/backup.js')
  const { addExchange } = await import('./vouchers/exchange.js')
  const { addOperators } = await import('./vouchers/operator.js')
  const { addServing } = await import('./vouchers/serve.js')
  const all = [
    addRecording,
    addUndoing,
    addFinding,
    addPrinting,
    addShowing,
    addLinking,
    addClosing,
    addSums,
    addSettings,
    addChecking,
    addPushing,
    addBackups,
    addExchange,
    addOperators,
    addServing,
  ]
  return (program) => {
    const group = addGroup(program)
    for (const add of all) add(group)
  }
}

/** Loads the group of the hub with its commands. */
async function loadHub(): Promise<Add> {
  const { addHubGroup } = await import('./hub/group.js')
  const { addManaging } = await import('./hub/manage.js')
  const { addServing } = await import('./hub/serve.js')
  return (program) => {
    const group = addHubGroup(program)
    for (const add of [addServing, addManaging]) add(group)
  }
}

/**
 * Makes the program with the command that `argv` calls, or with all commands if it calls none of them, for the help and for a misspelt name.
 * A wrong call throws commander's error, whose message names options in `argv` that may be misspelt.
 *
 * @example await (await createProgram(process.argv)).parseAsync()
 */
export async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('xiaopiao')
    .description(
      'Receipts as JSON → bytes for a thermal printer, pictures of them, and proof that they printed',
    )
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ outputError: (text, write) => write(inOurWords(text, program, argv)) })
    .hook('preAction', async (_, command) => {
      const { checkStreams } = await import('./streams.js')
      checkStreams(command)
    })
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
  const called = argv[2] ?? ''
  const names = Object.hasOwn(COMMANDS, called) ? [called] : Object.keys(COMMANDS)
  for (const load of names.map((name) => COMMANDS[name] as () => Promise<Add>)) {
    const add = await load()
    add(program)
  }
  return program
}
