/** A queue of this machine's print system (CUPS, also on macOS): takes whole jobs and prints them in its own time. */

import { TransportError, type TransportPhase } from '../model/errors.js'
import { abortedError, connectTimeout, errnoOf, explainFailure } from './internal/failures.js'
import { startGuard } from './internal/guard.js'
import { LinkConnection } from './internal/link-connection.js'
import { spoolLink } from './internal/spool-link.js'
import type { Connection, Transport, WaitOptions } from './types.js'

export interface CupsOptions {
  /** Name of the queue as `lpstat -e` lists it. */
  readonly queue: string
  readonly jobName?: string
  /** Another host's print system, such as `server:631`. Default: the server that this machine is set up for. */
  readonly server?: string
  /** Limit of `open` in milliseconds; it asks whether the queue exists. Default 5000. */
  readonly openTimeoutMs?: number
  /** Limit of `close` in milliseconds; it hands the job over. Default 30000. */
  readonly closeTimeoutMs?: number
}

const PIECE_BYTES = 65_536

/**
 * A queue of CUPS, by its own commands `lpstat` and `lp -o raw`. The bytes are kept until `close`, which hands the job over as a whole and
 * resolves when the queue has it. The queue does not tell when or whether it prints the job, so the transport is one-way.
 *
 * @example
 * cups({ queue: 'counter' }).uri // 'cups:counter'
 */
export function cups(options: CupsOptions): Transport {
  const uri = `cups:${options.queue}`
  if (options.queue === '' || options.queue.startsWith('-')) {
    throw new TransportError(`cups: "${options.queue}" is no queue`, {
      code: 'ADDRESS_INVALID',
      hint: 'give a name that `lpstat -e` lists',
      phase: 'open',
    })
  }
  return { uri, twoWay: false, open: (wait) => openCups(uri, options, wait) }
}

async function openCups(
  uri: string,
  options: CupsOptions,
  wait: WaitOptions = {},
): Promise<Connection> {
  const limitMs = wait.timeoutMs ?? options.openTimeoutMs ?? 5000
  const giveUp = new AbortController()
  const guard = startGuard({
    totalMs: limitMs,
    signal: wait.signal,
    timedOut: () => connectTimeout(uri, limitMs),
    aborted: (cause) => abortedError(uri, 'open', 0, cause),
  })
  const { queue } = options
  try {
    await guard.race(Promise.resolve())
    const lpstat = ['-r', '-p', queue, '-a', queue]
    const found = await guard.race(run(uri, 'open', 'lpstat', lpstat, options, giveUp.signal))
    refuse(uri, queue, found)
    return new LinkConnection(
      {
        uri,
        pieceBytes: PIECE_BYTES,
        writeStallMs: 10_000,
        closeStallMs: options.closeTimeoutMs ?? 30_000,
      },
      () => spoolLink((job, signal) => handOver(uri, options, job, signal)),
    )
  } catch (error) {
    giveUp.abort()
    throw explainFailure(error, 'open', uri, 0)
  } finally {
    guard.stop()
  }
}

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly error: string
}

function refuse(uri: string, queue: string, { status, out }: Ended): void {
  const failed = (code: string, says: string, hint: string) =>
    new TransportError(`${uri}: ${says}`, { code, hint, phase: 'open' })
  if (/not running/.test(out)) {
    throw failed(
      'CUPS_NOT_RUNNING',
      'the print system does not answer',
      'start it: systemctl start cups (on macOS: cupsctl)',
    )
  }
  if (status !== 0) {
    throw failed(
      'QUEUE_NOT_FOUND',
      'there is no such queue',
      `\`xiaopiao printers\` lists them; make a raw one: lpadmin -p ${queue} -E -v socket://192.168.1.50:9100 -m raw`,
    )
  }
  if (/^printer \S+ disabled/m.test(out)) {
    throw failed(
      'QUEUE_STOPPED',
      'the queue is stopped, so that a job would wait in it',
      `start it: cupsenable ${queue}`,
    )
  }
  if (/not accepting requests/m.test(out)) {
    throw failed('QUEUE_STOPPED', 'the queue takes no jobs', `open it: cupsaccept ${queue}`)
  }
}

/** Messages with which the print system refuses a whole job. Other failures may happen after it has taken a part of the document. */
const REFUSALS =
  /quota|not accepting|not authori[sz]ed|unauthori[sz]ed|forbidden|does not exist|too large|unsupported/i

async function handOver(
  uri: string,
  options: CupsOptions,
  job: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const { queue, jobName = 'receipt' } = options
  const lp = ['-d', queue, '-o', 'raw', '-t', jobName, '-']
  const { status, error } = await run(uri, 'close', 'lp', lp, options, signal, job)
  if (status === 0) return
  const isRefused = REFUSALS.test(error)
  const says = isRefused ? 'the queue refused the job' : 'the queue may not have the job'
  throw new TransportError(`${uri}: ${says}: ${error.trim()}`, {
    code: isRefused ? 'JOB_REFUSED' : 'JOB_NOT_HANDED_OVER',
    hint: 'the log of the print system (/var/log/cups/error_log) says more',
    phase: 'close',
    bytesWritten: job.length,
  })
}

async function run(
  uri: string,
  phase: TransportPhase,
  command: string,
  args: readonly string[],
  { server }: CupsOptions,
  signal: AbortSignal,
  input: Uint8Array = new Uint8Array(0),
): Promise<Ended> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', ...(server && { CUPS_SERVER: server }) }
    const child = spawn(command, args, { env, signal, stdio: ['pipe', 'pipe', 'pipe'] })
    let out = ''
    let error = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text
    })
    child.on('error', (cause) => {
      const missing = errnoOf(cause) === 'ENOENT'
      reject(missing ? clientMissing(uri, command, phase, cause) : cause)
    })
    child.on('close', (status) => resolve({ status, out, error }))
    // If the command ends before it has read all its input, its exit status and stderr tell why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function clientMissing(
  uri: string,
  command: string,
  phase: TransportPhase,
  cause: unknown,
): TransportError {
  return new TransportError(`${uri}: the command "${command}" is not installed`, {
    code: 'CUPS_CLIENT_MISSING',
    hint: 'install the print system’s commands: apt install cups-client (on Windows print to tcp:// or file:\\\\host\\share instead)',
    phase,
    cause,
  })
}
