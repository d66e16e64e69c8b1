/** `xiaopiao emulate`: runs a virtual printer on a port, a serial line or a USB gadget. Each job becomes a picture, its bytes and its text. */

import { access, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { CloudPrntOptions, DirectPrintOptions } from '../device/fronts/cloud/cloud-options.js'
import type { VirtualJob } from '../device/server/job-views.js'
import { startVirtualPrinter } from '../device/server/server.js'
import type { VirtualPrinterServer } from '../device/server/server-options.js'
import { XiaopiaoError } from '../model/errors.js'
import { paperToPng } from '../paper/views/paper-png.js'
import { paperToText } from '../paper/views/paper-text.js'
import { fail, inputError } from './fail.js'
import { type ProfileOptions, readProfile, withProfile } from './input.js'
import { readNumber } from './numbers.js'
import { openInBrowser } from './open-browser.js'
import { writeOutput } from './output.js'

interface Options extends ProfileOptions {
  readonly port: string
  readonly host: string
  readonly pty?: true | string
  readonly usbGadget?: string
  readonly cloudPrnt?: string
  readonly mac?: string
  readonly directPrint?: string
  readonly pollMs?: string
  readonly out?: string
  readonly fault: readonly string[]
  readonly control?: string
  readonly window?: true
  readonly open?: true
  readonly speed?: string
  readonly paperLeft?: string
  readonly nearEnd?: string
  readonly buffer?: string
  readonly oneWay?: true
  readonly processIds?: true
  readonly opensDrawer?: true
}

/** How many jobs and pieces of paper are kept, so that the process can run for days. */
const kept = { keepJobs: 200, keepPieces: 200 }

export function addEmulate(program: Command): void {
  withProfile(program.command('emulate'))
    .description('be a printer; ends with Ctrl-C')
    .option('--port <number>', 'TCP port', '9100')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--pty [link]', 'a serial line instead of a port, by the program socat')
    .option('--usb-gadget <folder>', 'a USB printer instead of a port: a mounted FunctionFS')
    .option('--cloud-prnt <url>', 'no port: polls this address for its jobs, by Star CloudPRNT')
    .option('--mac <address>', 'its MAC address, with --cloud-prnt')
    .option('--direct-print <url>', 'the same by Epson Server Direct Print')
    .option('--poll-ms <number>', 'how often it polls, with one of these two; 5000 without it')
    .option('--out <folder>', 'where job-001.png, .bin and .txt go; needed without --window')
    .option(
      '--fault <script>',
      'what happens, and where: paper-out@120mm, cover-open@cut2, paper-in@+2s; repeatable',
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .option('--control <port>', 'state, faults and papers by HTTP, on this machine only')
    .option('--window', 'a page that shows the paper as it comes out, with buttons')
    .option('--open', 'open the page in the browser')
    .option('--speed <mm/s>', 'how fast it prints; at once without it')
    .option('--paper-left <mm>', 'the roll ends after so much')
    .option('--near-end <mm>', 'the near-end sensor tells when so much is left')
    .option('--buffer <bytes>', 'receive buffer')
    .option('--one-way', 'never answers')
    .option('--process-ids', 'answers GS ( H')
    .option('--opens-drawer', 'a pulse opens the drawer')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao emulate --port 9100 --profile generic-80 --out jobs
  xiaopiao emulate --profile generic-80 --fault paper-out@120mm --window
  xiaopiao emulate --profile generic-58 --pty /tmp/printer --out jobs`,
    )
    .action(emulate)
}

async function emulate(options: Options): Promise<void> {
  const { out } = options
  if (out === undefined && !options.window) {
    const message = 'the jobs have no place to go'
    throw inputError('OUT_MISSING', message, 'give --out FOLDER, or --window to look at the paper')
  }
  const profile = await readProfile(options)
  const port = portOf('--port', options.port)
  const control = options.control ?? (options.window ? '0' : undefined)
  const numbers = {
    speedMmPerSecond: numberOf('--speed', options.speed, 0.1),
    paperLeftMm: numberOf('--paper-left', options.paperLeft, 0),
    nearEndMm: numberOf('--near-end', options.nearEnd, 0),
    receiveBufferBytes: numberOf('--buffer', options.buffer, 1),
  }
  if (out !== undefined) await makeFolder(out)
  let writing = Promise.resolve()
  let printed = out === undefined ? 0 : await lastJobIn(out)
  const nextName = () => `job-${String(++printed).padStart(3, '0')}`
  const server = await startVirtualPrinter({
    profile,
    port,
    host: options.host,
    faults: options.fault,
    ...kept,
    ...given(numbers),
    ...given({ pty: options.pty, usbGadget: options.usbGadget }),
    ...given({ cloudPrnt: cloudOf(options), directPrint: directOf(options) }),
    ...given({ oneWay: options.oneWay, processIds: options.processIds }),
    ...(control === undefined ? {} : { control: portOf('--control', control) }),
    ...(options.opensDrawer ? { pulseOpensDrawer: 'high' as const } : {}),
    onJob(job) {
      writing = writing.then(() => reportJob(server, job, nextName, out)).catch(fail)
    },
  }).catch((cause: unknown) => {
    throw cause instanceof XiaopiaoError ? cause : unavailable(cause as NodeJS.ErrnoException)
  })
  // The signals are handled before the address is printed, because a program that reads it may end this process at once.
  const stop = () => {
    void server
      .close()
      .then(() => writing)
      .then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const does = (options.cloudPrnt ?? options.directPrint) ? 'polls' : 'listens on'
  process.stdout.write(`${profile.id} ${does} ${server.uri}\n`)
  const { controlUrl } = server
  if (controlUrl !== undefined) {
    process.stdout.write(`${options.window ? 'its paper is on' : 'control by'} ${controlUrl}\n`)
    if (options.open) openInBrowser(controlUrl)
  }
}

function cloudOf({ cloudPrnt, mac, pollMs }: Options): CloudPrntOptions | undefined {
  if (cloudPrnt === undefined) return undefined
  return { url: cloudPrnt, ...given({ mac, pollMs: numberOf('--poll-ms', pollMs, 1) }) }
}

function directOf({ directPrint, pollMs }: Options): DirectPrintOptions | undefined {
  if (directPrint === undefined) return undefined
  return { url: directPrint, ...given({ pollMs: numberOf('--poll-ms', pollMs, 1) }) }
}

/** Prints a line about a job, and writes its files if it has paper. */
async function reportJob(
  server: VirtualPrinterServer,
  job: VirtualJob,
  nextName: () => string,
  out: string | undefined,
): Promise<void> {
  await server.settled()
  const { bytes, executed, paper } = job
  const waits = bytes.length - executed.length
  const rest = server.device.offline && waits > 0 ? `; offline, ${waits} bytes wait` : ''
  if (paper.heightDots === 0) {
    process.stdout.write(`a job without paper: ${bytes.length} bytes${rest}\n`)
    return
  }
  const name = await freeName(nextName, out)
  const told = `${bytes.length} bytes, ${paper.heightDots} rows${rest}\n`
  if (out === undefined) {
    process.stdout.write(`${name}: ${told}`)
    return
  }
  const base = join(out, name)
  await writeOutput(`${base}.bin`, bytes)
  await writeOutput(`${base}.png`, paperToPng(paper))
  await writeOutput(`${base}.txt`, `${paperToText(paper)}\n`)
  process.stdout.write(`${base}.png: ${told}`)
}

/** Returns the highest number of a job in the folder, which an earlier run has left there; 0 if there is none. */
async function lastJobIn(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^job-(\d+)\./.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

/** Returns a name that no file has, because another process may write to the same folder. */
async function freeName(nextName: () => string, out: string | undefined): Promise<string> {
  for (;;) {
    const name = nextName()
    if (out === undefined) return name
    const isTaken = await access(join(out, `${name}.bin`)).then(
      () => true,
      () => false,
    )
    if (!isTaken) return name
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: Error) => {
    throw inputError('FILE_UNWRITABLE', `cannot make the folder ${path}: ${cause.message}`)
  })
}

function portOf(option: string, text: string): number {
  return readNumber(option, text, { min: 0, max: 65_535, isWhole: true, code: 'PORT_INVALID' })
}

function numberOf(option: string, text: string | undefined, min: number): number | undefined {
  return text === undefined ? undefined : readNumber(option, text, { min, max: 1e9 })
}

/** Returns the options without those that are undefined. */
function given<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
}

function unavailable(cause: NodeJS.ErrnoException): XiaopiaoError {
  const message = `cannot listen: ${cause.message}`
  return inputError('PORT_UNAVAILABLE', message, 'take another --port, or 0 for a free one')
}
