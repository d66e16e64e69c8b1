/** Diagnoses a printer that does not print: tries what a person would try, and tells what is wrong and how to mend it. */

import { XiaopiaoError } from '../model/errors.js'
import { messageOf } from '../model/realms.js'
import { openJobPrinter } from '../printer/job-printer.js'
import { troubleOf } from '../printer/status.js'
import type { PrinterIdentity, PrinterStatus } from '../printer/types.js'
import type { Transport } from '../transports/types.js'
import { transportFor } from '../transports/uri.js'
import { findPrinters } from './find.js'
import { nameOf } from './name-of.js'
import { openPorts } from './open-ports.js'
import type { Found } from './types.js'

export interface Finding {
  /** `good`: this works. `note`: worth knowing. `bad`: this is why the printer does not print. */
  readonly verdict: 'good' | 'note' | 'bad'
  readonly says: string
  /** How to mend the fault. */
  readonly fix?: string
}

export interface DiagnoseOptions {
  /** Whether to ask a silent serial line at other speeds too. A printer may print the questions as a few odd characters. Default true. */
  readonly trySpeeds?: boolean
  /** Longest wait for each answer, in milliseconds. Default 1000. */
  readonly answerTimeoutMs?: number
  readonly signal?: AbortSignal
  /** Finds the printers connected to this machine. Default: `findPrinters`. */
  readonly find?: () => Promise<Found>
}

const SPEEDS = [9600, 19_200, 38_400, 57_600, 115_200, 4800, 2400]
const TROUBLES = {
  'cover-open': ['the cover is open', 'close it'],
  'paper-out': ['the paper is out', 'put in a new roll, the coated side to the head'],
  'cutter-error': ['the cutter is stuck', 'take out the jammed paper, then switch it off and on'],
  'unrecoverable-error': [
    'it reports an error that it cannot leave',
    'switch it off and on; if it stays, it needs service',
  ],
  'recoverable-error': ['it reports an error', 'clear it at the printer'],
  overheated: ['the head is too hot', 'wait: it goes on by itself'],
  offline: ['it is offline', 'look at its lamps and its feed button'],
} as const

/**
 * Yields each finding as soon as it is made. The printer is asked for its status, but no line is printed.
 *
 * @example
 * const says: string[] = []
 * for await (const { verdict } of diagnose('tcp://192.168.1.50')) says.push(verdict)
 * says.includes('bad') // false
 */
export async function* diagnose(
  uri: string,
  options: DiagnoseOptions = {},
): AsyncGenerator<Finding, void> {
  const transport = await transportFor(uri).catch((error: unknown) => error)
  if (!isTransport(transport)) {
    yield bad(transport)
    return
  }
  yield { verdict: 'good', says: `the address is understood: ${transport.uri}` }
  const opened = await tryOpen(transport, options)
  if (opened !== undefined) {
    yield bad(opened)
    yield* aroundThere(transport.uri, options)
    return
  }
  yield { verdict: 'good', says: 'it can be opened' }
  if (!transport.twoWay) {
    yield {
      verdict: 'note',
      says: 'over this way a printer cannot answer: a job is handed over, and whether it printed is not known',
    }
    return
  }
  const status = await ask(transport, options)
  if (status?.answered) yield* report(transport, status, options)
  else yield* silent(transport.uri, options)
}

function isTransport(value: unknown): value is Transport {
  return typeof value === 'object' && value !== null && 'open' in value
}

async function tryOpen(transport: Transport, { signal }: DiagnoseOptions): Promise<unknown> {
  try {
    const connection = await transport.open({ signal })
    // No job was written, so aborting the connection cannot lose data.
    await connection.close({ timeoutMs: 2000 }).catch(() => connection.abort())
    return undefined
  } catch (error) {
    return error
  }
}

async function ask(
  transport: Transport,
  { answerTimeoutMs = 1000, signal }: DiagnoseOptions,
): Promise<PrinterStatus | undefined> {
  await using printer = openJobPrinter(transport, { answerTimeoutMs, lock: false })
  const limits = signal === undefined ? {} : { signal }
  return printer.status({ timeoutMs: 10_000, ...limits }).catch(() => undefined)
}

async function* report(
  transport: Transport,
  status: PrinterStatus,
  { answerTimeoutMs = 1000 }: DiagnoseOptions,
): AsyncGenerator<Finding, void> {
  yield { verdict: 'good', says: 'it answers' }
  const identity = status.online === false ? {} : await identify(transport, answerTimeoutMs)
  const name = nameOf(identity)
  if (name !== undefined) {
    const { firmware, serial } = identity
    const more = [firmware && `firmware ${firmware}`, serial && `serial number ${serial}`]
    yield { verdict: 'good', says: [`it is a ${name}`, ...more].filter(Boolean).join(', ') }
  }
  if (identity.languageFont !== undefined) {
    const zone = identity.suggestedCharset
    yield {
      verdict: 'note',
      says: `its language font is ${identity.languageFont}`,
      ...(zone === undefined ? {} : { fix: `print with --set charset=${zone}` }),
    }
  }
  if (status.paper === 'near-end') {
    yield { verdict: 'note', says: 'the paper is near its end', fix: 'have a new roll at hand' }
  }
  const trouble = troubleOf(status)
  if (trouble === undefined) yield { verdict: 'good', says: 'it reports no trouble' }
  else {
    const [says, fix] = TROUBLES[trouble]
    yield { verdict: 'bad', says, fix }
  }
}

/** Asks for the identity. Call it only if the printer is online, because it would answer too late otherwise. */
async function identify(transport: Transport, answerTimeoutMs: number): Promise<PrinterIdentity> {
  await using printer = openJobPrinter(transport, { answerTimeoutMs, lock: false })
  return printer.identity({ timeoutMs: 10_000 }).catch(() => ({}))
}

async function* silent(uri: string, options: DiagnoseOptions): AsyncGenerator<Finding, void> {
  if (uri.startsWith('serial:')) {
    yield { verdict: 'note', says: 'it does not answer at this speed' }
    if (options.trySpeeds ?? true) {
      for (const speed of SPEEDS) {
        const other = uri.replace(/baud=\d+/, `baud=${speed}`)
        if (other === uri) continue
        const status = await ask(await transportFor(other), { ...options, answerTimeoutMs: 500 })
        if (status?.answered) {
          yield { verdict: 'bad', says: `it answers at ${speed} baud`, fix: `use ${other}` }
          return
        }
      }
    }
    yield {
      verdict: 'bad',
      says: 'it answers at no usual speed',
      fix: 'print its self-test page (hold FEED while switching on): it shows speed and parity; check the cable: many printers need a crossed one (null modem); a printer that cannot answer may still print: try `xiaopiao print`',
    }
    return
  }
  const tcp = uri.startsWith('tcp:')
  yield {
    verdict: 'bad',
    says: 'it does not answer',
    fix: tcp
      ? 'another host may hold it: most printers serve one at a time, and let others wait in silence; or it is a printer that cannot answer: then it may still print; or this port is not a printer’s'
      : 'it may be switched off behind its adapter, stopped with a full buffer (paper, cover), or one that cannot answer: then it may still print',
  }
}

/** Looks for printers nearby if there is none at the address. */
async function* aroundThere(uri: string, options: DiagnoseOptions): AsyncGenerator<Finding, void> {
  if (uri.startsWith('tcp:') || uri.startsWith('ipp:')) {
    const { hostname } = new URL(uri.replace(/^\w+:/, 'http:'))
    const host = hostname.replace(/^\[|\]$/g, '')
    const ports = await openPorts(host, [9100, 515, 631, 80])
    const says =
      ports.length === 0
        ? `nothing answers at ${host}`
        : `${host} is there: it listens on ${ports.join(', ')}`
    yield {
      verdict: 'note',
      says,
      fix:
        ports.length === 0
          ? 'compare with the address on the self-test page; this machine has to be in the same network'
          : ports.includes(9100)
            ? `try tcp://${host}`
            : 'a receipt printer listens on 9100; its own page may let it be switched on',
    }
    return
  }
  const { printers, omitted } = await (options.find ?? findPrinters)()
  const alike = printers.filter((one) => one.uri !== uri)
  for (const { uri: other, name, notes } of alike) {
    const about = [name, ...notes].filter(Boolean).join(', ')
    yield { verdict: 'note', says: `there is ${other}${about === '' ? '' : ` (${about})`}` }
  }
  if (alike.length === 0)
    yield { verdict: 'note', says: 'no other printer is connected to this machine' }
  for (const { kind, reason } of omitted) {
    yield { verdict: 'note', says: `${kind} was not searched: ${reason}` }
  }
}

function bad(error: unknown): Finding {
  const says = messageOf(error)
  const fix = error instanceof XiaopiaoError ? error.hint : undefined
  return fix === undefined ? { verdict: 'bad', says } : { verdict: 'bad', says, fix }
}
