/** A printer to print on: one queue over any transport, so that jobs never mix. */

import { TransportError } from '../model/errors.js'
import type { Transport } from '../transports/types.js'
import { NotStarted } from './errors.js'
import { type PrinterMemory, runJob } from './print-job.js'
import { createQueue } from './queue.js'
import { Session } from './session.js'
import { UNKNOWN_STATUS } from './status.js'
import type { Printer, PrinterOptions, PrintOptions } from './types.js'

const DEADLINE_MS = 120_000
const STATUS_CLOSE_MS = 2000

/**
 * A printer behind a transport, or at an address such as `tcp://192.168.1.50` or `file:/dev/usb/lp0`. Nothing is opened yet:
 * each job has a connection of its own, so that other hosts find the printer free between the jobs.
 *
 * @example
 * const printer = openPrinter('tcp://192.168.1.50')
 * const { grade } = await printer.print(bytes)
 */
export function openPrinter(target: Transport | string, options: PrinterOptions = {}): Printer {
  const uri = typeof target === 'string' ? target : target.uri
  const queue = createQueue()
  const memory: PrinterMemory = { processIds: undefined, lastProcessId: 0 }
  let transport: Promise<Transport> | undefined
  let closed = false

  const resolveTransport = () => {
    transport ??= typeof target === 'string' ? loadTransport(target) : Promise.resolve(target)
    return transport
  }

  const print: Printer['print'] = async (job, { jobId, ...limits } = {}) => {
    // A copy: what the caller does with its buffer while the job waits changes nothing.
    const bytes = (job instanceof Uint8Array ? job : job.bytes).slice()
    const { signal, stopReason } = limit(limits)
    const refuse = (reason: 'closed' | 'no-connection' | 'aborted' | 'timeout', cause?: unknown) =>
      new NotStarted({ reason, jobId, totalBytes: bytes.length, status: UNKNOWN_STATUS, cause })
    if (closed) throw refuse('closed')
    return queue.run(
      async () => {
        const loaded = await resolveTransport().catch((cause: unknown) => {
          throw refuse('no-connection', cause)
        })
        return runJob({ transport: loaded, options, memory, bytes, jobId, signal, stopReason })
      },
      signal,
      () => refuse(stopReason()),
    )
  }

  const status: Printer['status'] = async (limits = {}) => {
    const { signal } = limit(limits)
    return queue.run(
      async () => {
        const loaded = await resolveTransport()
        if (!loaded.twoWay || options.profile?.answersStatus === false) return UNKNOWN_STATUS
        const connection = await loaded.open({ signal })
        try {
          return await new Session(connection).askStatus(options.answerTimeoutMs ?? 1000, signal)
        } finally {
          await connection.close({ timeoutMs: STATUS_CLOSE_MS, signal }).catch(() => {})
        }
      },
      signal,
      () => givenUp(uri, signal.reason),
    )
  }

  const close = async () => {
    closed = true
    await queue.idle()
  }

  return {
    uri,
    status,
    print,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function loadTransport(uri: string): Promise<Transport> {
  const { transportFor } = await import('../transports/uri.js')
  return transportFor(uri)
}

function givenUp(uri: string, cause: unknown): TransportError {
  return new TransportError(`${uri}: the caller gave up while the printer was busy with jobs`, {
    code: 'ABORTED',
    hint: 'Give it more time, or ask between jobs.',
    phase: 'open',
    cause,
  })
}

function limit({ signal, timeoutMs = DEADLINE_MS }: Pick<PrintOptions, 'signal' | 'timeoutMs'>) {
  const deadline = AbortSignal.timeout(timeoutMs)
  return {
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    stopReason: () => (signal?.aborted ? ('aborted' as const) : ('timeout' as const)),
  }
}
