/** `xiaopiao agent`: enrols and runs the agent of a store, and writes the unit that keeps it running. */

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { messageOf } from '../model/realms.js'
import {
  type EnrolOptions,
  type FolderOption,
  type InstallOptions,
  type RunOptions,
  readLan,
  readPrinters,
  readTls,
  showNameless,
} from './agent-options.js'
import { inputError } from './fail.js'
import { secondsMs } from './numbers.js'
import { showDiagnostics } from './output.js'

const FOLDER = './xiaopiao-agent'
const UNIT = '/etc/systemd/system/xiaopiao-agent.service'

export function addAgent(program: Command): void {
  const agent = program
    .command('agent')
    .description('the agent of a store: takes slips from a hub and prints them')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao agent enrol --hub https://hub.example --code TENANT.CODE --name 总店
  xiaopiao agent run --printer 前台=tcp://192.168.1.50,profile=generic-80 --lan 0.0.0.0:8199
  xiaopiao agent install --printer 前台=tcp://192.168.1.50,profile=generic-80 --dry-run`,
    )

  withTls(withFolder(agent.command('enrol')))
    .description('make a key, and have a hub take it for a one-time code')
    .requiredOption('--hub <url>', 'address of the hub')
    .requiredOption('--code <code>', 'one-time, as the hub has given it')
    .requiredOption('--name <text>', 'of the agent, as people call it')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao agent enrol --hub https://hub.example --code TENANT.CODE --name 总店',
    )
    .action(enrol)

  withRun(agent.command('run'))
    .description('print what the hub has for these printers, until it is ended')
    .addHelpText(
      'after',
      `
Ends with 1 if it cannot go on, because its folder is not the one that the hub knows.

Example:
  xiaopiao agent run --printer 前台=tcp://192.168.1.50,profile=generic-80 --lan 0.0.0.0:8199`,
    )
    .action(run)

  withRun(agent.command('install'))
    .description('write a systemd unit that runs the agent with these options')
    .option('--user <name>', 'of the machine, who owns the folder', 'xiaopiao')
    .option('--unit <file>', 'where the unit is written', UNIT)
    .option('--dry-run', 'only show it')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao agent install --printer 前台=tcp://192.168.1.50,profile=generic-80 --dry-run',
    )
    .action(install)

  withFolder(agent.command('lan-key'))
    .description('show the key with which tills hand slips in at the agent itself')
    .addHelpText('after', '\nExample:\n  xiaopiao agent lan-key')
    .action(async ({ folder }: FolderOption) => {
      const { readLanKey } = await import('../agent/folder.js')
      process.stdout.write(`${await readLanKey(folder)}\n`)
    })
}

function withFolder(command: Command): Command {
  return command.option('--folder <dir>', 'of the agent: its key, journal and outbox', FOLDER)
}

function withTls(command: Command): Command {
  return command
    .option('--ca <file>', 'certificates that the hub may rest on, in PEM')
    .option('--cert <file>', "the agent's own certificate, in PEM")
    .option('--cert-key <file>', 'its key')
}

function withRun(command: Command): Command {
  return withTls(withFolder(command))
    .option(
      '--printer <name=uri[,profile=id]>',
      'a printer by the name that the store has for it; repeatable',
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .option('--lan <[host:]port>', 'take slips from the tills of the store as well')
    .option('--lan-cert <file>', 'certificate of that door, in PEM')
    .option('--lan-cert-key <file>', 'its key')
    .option(
      '--lan-origin <url>',
      'a web page that may hand slips in there; repeatable',
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .option(
      '--poll <seconds>',
      'ask the hub so often without being woken; default: as the hub wishes',
    )
    .option('--hold <seconds>', 'give a slip back that could not begin for so long; default: 60')
    .option('--retry <seconds>', 'first wait after a request that failed; default: 1')
}

async function enrol(options: EnrolOptions): Promise<void> {
  const { enrolAgent } = await import('../agent/enrol.js')
  const { hub, code, name, folder } = options
  const tls = await readTls(options)
  const { agent } = await enrolAgent({ hub, code, name, folder, ...tls })
  process.stdout.write(`${name} is enrolled as ${agent}; its key is in ${folder}\n`)
}

async function run(options: RunOptions): Promise<void> {
  const { startAgent } = await import('../agent/start-agent.js')
  const { folder, poll, hold, retry } = options
  const printers = await readPrinters(options.printer)
  const seconds = (name: string, text: string | undefined, option: string) =>
    text === undefined ? {} : { [name]: secondsMs(option, text) }
  const agent = await startAgent({
    folder,
    printers,
    ...(await readTls(options)),
    ...(await readLan(options)),
    ...seconds('pollMs', poll, '--poll'),
    ...seconds('holdMs', hold, '--hold'),
    ...seconds('retryMs', retry, '--retry'),
    onDiagnostic: (diagnostic) => showDiagnostics([diagnostic]),
  })
  const door = agent.lanUrl === undefined ? '' : `; tills hand slips in at ${agent.lanUrl}`
  process.stdout.write(`agent ${agent.id} runs${door}\n`)
  await showNameless(Object.values(printers).map(({ uri }) => uri))
  const stop = () => void agent.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  await agent.ended
}

async function install(options: InstallOptions): Promise<void> {
  const { systemdUnit } = await import('../agent/systemd-unit.js')
  await readPrinters(options.printer)
  const folder = resolve(options.folder)
  const command = [process.execPath, resolve(process.argv[1] ?? ''), 'agent', 'run']
  const unit = systemdUnit({
    command: [...command, ...runArguments({ ...options, folder })],
    folder,
    user: options.user,
  })
  if (options.dryRun === true) {
    process.stdout.write(unit)
    return
  }
  try {
    await writeFile(options.unit, unit, { mode: 0o644 })
  } catch (cause) {
    const hint = 'run it as root, or choose another file with --unit; --dry-run only shows it'
    const message = `${options.unit} cannot be written (${messageOf(cause)})`
    throw inputError('UNIT_UNWRITTEN', message, hint)
  }
  process.stdout.write(
    `${options.unit} is written; systemctl daemon-reload && systemctl enable --now xiaopiao-agent starts it\n`,
  )
}

/** The options as arguments of `agent run`, with absolute paths, because a service runs in another folder. */
function runArguments(options: RunOptions): string[] {
  const { folder, printer, lan, lanOrigin, poll, hold, retry } = options
  const one = (name: string, value: string | undefined) =>
    value === undefined ? [] : [name, value]
  const file = (name: string, path: string | undefined) =>
    one(name, path === undefined ? undefined : resolve(path))
  return [
    ...one('--folder', folder),
    ...printer.flatMap((value) => ['--printer', value]),
    ...one('--lan', lan),
    ...file('--lan-cert', options.lanCert),
    ...file('--lan-cert-key', options.lanCertKey),
    ...lanOrigin.flatMap((value) => ['--lan-origin', value]),
    ...file('--ca', options.ca),
    ...file('--cert', options.cert),
    ...file('--cert-key', options.certKey),
    ...one('--poll', poll),
    ...one('--hold', hold),
    ...one('--retry', retry),
  ]
}
