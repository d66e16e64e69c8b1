/** A printer to print on: one queue over any transport, so that jobs never mix. */

import type { Diagnostic } from '../model/diagnostic.js'
import { TransportError } from '../model/errors.js'
import { joinBytes } from '../model/join-bytes.js'
import { type OptionRule, readArgument, readOptions } from '../model/options.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'
import { type ReceiptOptions, receiptOptions } from '../model/receipt-options.js'
import type { Transport } from '../transports/types.js'
import { readAddress } from '../transports/uri.js'
import { NotStarted } from './errors.js'
import { askIdentity } from './identity.js'
import { checkJob, JOB, LINE_NOT_PRINTED, leavesLine, MADE_JOB } from './job-bytes.js'
import { type Bounds, type Limits, limited } from './limited.js'
import { LIMIT_RULES, PRINT_RULES, PRINTER_RULES, WATCH_RULES } from './option-rules.js'
import { rulesOf } from './rules.js'
import { reclaim, runJob } from './run-job.js'
import type { Session } from './session.js'
import { sharedPrinterAt } from './shared-printer.js'
import { UNKNOWN_STATUS } from './status.js'
import { strangerAt } from './stranger.js'
import type { JobPrinter, PrinterOptions, PrintOptions, WatchOptions } from './types.js'
import { watchStatus } from './watch.js'

const STATUS_CLOSE_MS = 2000
const LINE_FEED = 0x0a

const TARGET: OptionRule = {
  says: "a printer's address, or a transport",
  accepts: (value) =>
    (typeof value === 'string' && value.trim() !== '') ||
    (typeof value === 'object' && value !== null && 'open' in value && 'uri' in value),
  hint: "write openPrinter('tcp://192.168.1.50'), or give what tcp(), serial() or usb() returns",
}

/** Compiles a receipt for the printer of a profile. */
export type CompileReceipt = (
  receipt: object,
  profile: PrinterOptions['profile'],
  options: ReceiptOptions,
) => Promise<PrintJob>

/**
 * Opens a printer. `openPrinter` adds the compiler for receipts, which the queue and the discovery do not need.
 * @param compileReceipt if it is absent, receipts are refused
 */
export function openJobPrinter(
  target: Transport | string,
  options: PrinterOptions,
  compileReceipt?: CompileReceipt,
): JobPrinter {
  readArgument('openPrinter', 'target', target, TARGET)
  readOptions<PrinterOptions>('openPrinter', options, PRINTER_RULES)
  const uri = typeof target === 'string' ? target : target.uri
  const shared = sharedPrinterAt(uri)
  const { turns } = shared
  const load = typeof target === 'string' ? readAddress(target) : async () => target
  let transport: Promise<Transport> | undefined
  let closed = false

  const resolveTransport = () => {
    transport ??= load()
    return transport
  }

  const print: JobPrinter['print'] = async (job, limits = {}) => {
    readOptions<PrintOptions>('print', limits, PRINT_RULES)
    readArgument('print', 'job', job, compileReceipt === undefined ? MADE_JOB : JOB)
    // The job is copied now, so that the caller may reuse its buffer while the job waits in the queue.
    const taken = takeJob(job, () =>
      compileReceipt?.(job, options.profile, receiptOptions(options, limits)),
    )
    const { jobId } = limits
    const refuse = (
      reason: 'closed' | 'no-connection' | 'aborted' | 'timeout',
      cause?: unknown,
    ) => {
      const totalBytes = taken.bytes?.length ?? 0
      return new NotStarted({ reason, jobId, totalBytes, status: UNKNOWN_STATUS, cause })
    }
    if (closed) throw refuse('closed')
    const run = async (bounds: Bounds) => {
      const given = await taken.job
      checkJob(given, limits.raw === true)
      const { printable, warnings } = finished(given, limits)
      const loaded = await resolveTransport().catch((cause: unknown) => {
        throw refuse('no-connection', cause)
      })
      const context = { uri, shared, transport: loaded, options, limits, job: printable, ...bounds }
      const result = await runJob(context)
      const isSent = warnings.length > 0 && !result.alreadyDone
      return isSent ? { ...result, warnings: [...warnings, ...result.warnings] } : result
    }
    return limited(limits, (bounds) =>
      turns.run(
        () => run(bounds),
        bounds.signal,
        () => refuse(bounds.stopReason()),
      ),
    )
  }

  /** Runs work in the same queue as the jobs, within the caller's limits. */
  const inTurn = async <T>(
    owner: string,
    limits: Limits,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    readOptions<Limits>(owner, limits, LIMIT_RULES)
    return limited(limits, ({ signal }) =>
      turns.run(
        () => work(signal),
        signal,
        () => givenUp(uri, signal.reason),
      ),
    )
  }

  /** Asks a question over the open connection, or over a new one. */
  const ask = async <T>(
    loaded: Transport,
    signal: AbortSignal,
    question: (session: Session) => Promise<T>,
  ): Promise<T> => {
    const line = await shared.open(loaded, options, signal)
    try {
      return await question(line.session)
    } finally {
      await shared.close(line, { timeoutMs: STATUS_CLOSE_MS, signal }).catch(() => {})
    }
  }

  const status: JobPrinter['status'] = (limits = {}) =>
    inTurn('status', limits, async (signal) => {
      const loaded = await resolveTransport()
      const { asks, answerMs } = rulesOf(options, loaded)
      if (!asks) return UNKNOWN_STATUS
      return ask(loaded, signal, async (session) => {
        const asked = await session.askStatus(answerMs, signal)
        const stranger = strangerAt(session, uri)
        if (stranger !== undefined) throw stranger
        return asked
      })
    })

  const identity: JobPrinter['identity'] = (limits = {}) =>
    inTurn('identity', limits, async (signal) => {
      const loaded = await resolveTransport()
      if (!loaded.twoWay) return {}
      const { answerMs } = rulesOf(options, loaded)
      return ask(loaded, signal, (session) => askIdentity(session, answerMs, signal))
    })

  const interrupted: JobPrinter['interrupted'] = async (limits = {}) => {
    const { journal } = options
    if (journal === undefined) return []
    return inTurn('interrupted', limits, (signal) =>
      reclaim({ shared, options, signal }, journal, uri),
    )
  }

  const recover = async () => {
    const loaded = await resolveTransport()
    const { answerMs } = rulesOf(options, loaded)
    if (await shared.say((session) => session.recover(answerMs))) return
    await limited({}, ({ signal }) => ask(loaded, signal, (session) => session.recover(answerMs)))
  }

  const close = async () => {
    closed = true
    await turns.idle()
  }

  return {
    uri,
    profile: options.profile,
    status,
    identity,
    watch(watchOptions = {}) {
      readOptions<WatchOptions>('watch', watchOptions, WATCH_RULES)
      return watchStatus(
        { shared, options, resolveTransport, isClosed: () => closed },
        watchOptions,
      )
    },
    print,
    interrupted,
    recover,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Copies the job as it is now. The compiler copies a receipt at once too, although it has to be loaded first. */
function takeJob(
  job: Uint8Array | PrintJob | object,
  compileNow: () => Promise<PrintJob> | undefined,
): { readonly bytes?: Uint8Array; readonly job: Promise<PrintJob> } {
  if (isBytes(job)) {
    const bytes = job.slice()
    return { bytes, job: Promise.resolve({ bytes }) }
  }
  if ('bytes' in job && isBytes(job.bytes)) {
    const bytes = job.bytes.slice()
    return { bytes, job: Promise.resolve(withBytes(bytes, job)) }
  }
  const compiled = compileNow() ?? Promise.reject(new Error('no compiler was given'))
  compiled.catch(() => {})
  return { job: compiled }
}

/** Ends the last line of a job of plain bytes, or warns that it stays in the printer. Compiled receipts always end their lines. */
function finished(
  job: PrintJob,
  { finishLine = false }: PrintOptions,
): { readonly printable: PrintJob; readonly warnings: readonly Diagnostic[] } {
  if (job.segments !== undefined || !leavesLine(job.bytes)) return { printable: job, warnings: [] }
  if (!finishLine) return { printable: job, warnings: [LINE_NOT_PRINTED] }
  const bytes = joinBytes([job.bytes, Uint8Array.of(LINE_FEED)])
  return { printable: { ...job, bytes }, warnings: [] }
}

/** Returns the job with our own copy of its bytes. */
function withBytes(bytes: Uint8Array, job: PrintJob): PrintJob {
  const { segments } = job
  const reprintHeading = job.reprintHeading?.bind(job)
  return {
    bytes,
    ...('strip' in job ? { strip: job.strip } : {}),
    ...(segments === undefined ? {} : { segments }),
    ...(reprintHeading === undefined ? {} : { reprintHeading }),
  }
}

function givenUp(uri: string, cause: unknown): TransportError {
  return new TransportError(`${uri}: the caller gave up while the printer was busy with jobs`, {
    code: 'ABORTED',
    hint: 'give it more time, or ask between jobs',
    phase: 'open',
    cause,
  })
}
