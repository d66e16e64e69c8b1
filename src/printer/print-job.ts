/** One job from the first question to the orderly end: asks, sends, confirms, and says how much is known. */

import type { Diagnostic } from '../model/diagnostic.js'
import { TransportError } from '../model/errors.js'
import type { Connection, Transport } from '../transports/types.js'
import { NotStarted, PartiallyPrinted, type PrintErrorDetails, Uncertain } from './errors.js'
import { Session } from './session.js'
import { isClean, troubleOf, UNKNOWN_STATUS } from './status.js'
import type { Grade, PrinterOptions, PrinterStatus, PrintResult, StopReason } from './types.js'

/** How often a printer that has not confirmed yet is asked how it is. */
const POLL_MS = 500
/** Wait for the far side's half-close once the job is confirmed: nothing more depends on it. */
const CONFIRMED_CLOSE_MS = 2000
const FAILED_CLOSE_MS = 1000

export interface JobContext {
  readonly transport: Transport
  readonly options: PrinterOptions
  readonly memory: PrinterMemory
  readonly bytes: Uint8Array
  readonly jobId: string | undefined
  /** Aborts at the caller's signal and at the deadline; `stopReason` tells which. */
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
}

/** What one job learns for the next ones. */
export interface PrinterMemory {
  /** Whether it returns process IDs; undefined: not asked yet. */
  processIds: boolean | undefined
  /** Number of the last process ID; the printer may be asked for 9999 before one comes again. */
  lastProcessId: number
}

/** Runs the job. The connection is closed, or ended at once on failure. */
export async function runJob(context: JobContext): Promise<PrintResult> {
  const { transport, signal } = context
  if (signal.aborted) throw notStarted(context, context.stopReason(), UNKNOWN_STATUS)
  const connection = await transport.open({ signal }).catch((cause: unknown) => {
    const reason = signal.aborted ? context.stopReason() : 'no-connection'
    throw notStarted(context, reason, UNKNOWN_STATUS, cause)
  })
  const job = new Job(context, connection)
  try {
    const before = await job.preflight()
    await job.send()
    const { grade, after } = await job.confirm()
    await job.finish(grade)
    const { jobId, bytes } = context
    return { grade, jobId, bytesSent: bytes.length, before, after, warnings: job.warnings }
  } catch (error) {
    await job.leave()
    throw error
  }
}

class Job {
  readonly warnings: Diagnostic[] = []
  readonly #context: JobContext
  readonly #connection: Connection
  readonly #session: Session
  readonly #asks: boolean
  readonly #answerMs: number
  /** What the connection had taken when the job began. */
  #sentBefore: number | undefined

  constructor(context: JobContext, connection: Connection) {
    const { options, transport } = context
    this.#context = context
    this.#connection = connection
    this.#session = new Session(connection)
    this.#asks = transport.twoWay && options.profile?.answersStatus !== false
    this.#answerMs = options.answerTimeoutMs ?? 1000
  }

  /** Asks how the printer is. One that says that it cannot print gets no byte of the job. */
  async preflight(): Promise<PrinterStatus> {
    const { signal, options, stopReason } = this.#context
    if (!this.#asks) return UNKNOWN_STATUS
    const status = await this.#session.askStatus(this.#answerMs, signal)
    if (signal.aborted) throw notStarted(this.#context, stopReason(), status)
    const trouble = troubleOf(status)
    if (trouble !== undefined) throw notStarted(this.#context, trouble, status)
    if (!status.answered && options.ifSilent === 'refuse') {
      throw notStarted(this.#context, 'silent', status)
    }
    if (!status.answered && !this.#session.heard) {
      this.#warn('PRINTER_SILENT', 'The printer did not answer before the job.')
    }
    this.#warnOfPaper(status)
    if (status.answered) await this.#learnProcessIds()
    return status
  }

  /** Asks for a process ID with no data before it: a printer that has them returns it at once. */
  async #learnProcessIds(): Promise<void> {
    const { options, memory, signal } = this.#context
    const wanted = options.processIds ?? options.profile?.answersStatus === true
    if (!wanted) memory.processIds = false
    memory.processIds ??= await this.#session.processId('0000', this.#answerMs, signal)
    if (signal.aborted && !memory.processIds) memory.processIds = undefined
  }

  async send(): Promise<void> {
    const { bytes, signal } = this.#context
    this.#sentBefore = this.#connection.bytesWritten
    try {
      await this.#connection.write(bytes, { signal })
    } catch (cause) {
      throw await this.#stopped(this.#reasonOf(cause), cause)
    }
  }

  /** Waits until the printer has answered behind the job, or has said why it does not. */
  async confirm(): Promise<{ grade: Grade; after: PrinterStatus }> {
    if (!this.#context.transport.twoWay) return { grade: 'handed-over', after: UNKNOWN_STATUS }
    if (!this.#asks || !this.#session.heard) return { grade: 'accepted', after: UNKNOWN_STATUS }
    const proof = await this.#proof()
    const after = await this.#session.askStatus(this.#answerMs, this.#context.signal)
    const trouble = troubleOf(after)
    if (trouble !== undefined && proof !== 'printed') throw await this.#stopped(trouble)
    this.#warnOfPaper(after)
    if (proof === 'printed') return { grade: 'printed', after }
    if (isClean(after)) return { grade: 'processed', after }
    this.#warn('STATUS_INCOMPLETE', 'The printer took the job but did not say how it is.')
    return { grade: 'accepted', after }
  }

  /** Ends the connection in order. */
  async finish(grade: Grade): Promise<void> {
    const confirmed = grade === 'processed' || grade === 'printed'
    const wait = confirmed ? { timeoutMs: CONFIRMED_CLOSE_MS } : { signal: this.#context.signal }
    try {
      await this.#connection.close(wait)
    } catch (cause) {
      if (confirmed) return
      if (!(cause instanceof TransportError) || cause.code !== 'CLOSE_TIMEOUT') {
        throw await this.#stopped(this.#reasonOf(cause), cause)
      }
      this.#warn('CLOSE_UNCONFIRMED', 'The printer has not ended the connection.', cause.hint)
    }
  }

  /**
   * Ends the connection after a failure. What was sent whole is delivered whole, since half a command left in the printer would
   * swallow the beginning of the next job.
   */
  async leave(): Promise<void> {
    const { bytes, signal } = this.#context
    const whole = bytes.length > 0 && this.#sentBytes === bytes.length
    if (whole && !signal.aborted) {
      await this.#connection.close({ timeoutMs: FAILED_CLOSE_MS }).catch(() => {})
    }
    this.#connection.abort()
  }

  async #proof(): Promise<'printed' | 'processed'> {
    const { memory, signal, bytes, options, stopReason } = this.#context
    const byId = memory.processIds === true
    if (byId) memory.lastProcessId = (memory.lastProcessId % 9999) + 1
    const limitMs = options.confirmTimeoutMs ?? 15_000 + bytes.length * 4
    const settled = new AbortController()
    const until = AbortSignal.any([signal, settled.signal])
    const id = String(memory.lastProcessId).padStart(4, '0')
    const asked = byId
      ? this.#session.processId(id, limitMs, until)
      : this.#session.fence(limitMs, until)
    const watched = this.#watch(until)
    const outcome = await Promise.race([asked, watched])
    settled.abort()
    await Promise.all([asked, watched])
    if (outcome === true) return byId ? 'printed' : 'processed'
    if (typeof outcome === 'string') throw await this.#stopped(outcome)
    if (signal.aborted) throw await this.#stopped(stopReason())
    throw await this.#stopped(this.#session.ended ? 'connection-lost' : 'not-confirmed')
  }

  /** Asks now and then how the printer is; ends with a trouble that it reports twice and that a person has to mend. */
  async #watch(until: AbortSignal): Promise<StopReason | undefined> {
    let earlier: StopReason | undefined
    for (;;) {
      await pause(POLL_MS, until)
      if (until.aborted || this.#session.ended) return undefined
      // Not cut short by `until`: an answer that is still owed would be in the way of the last questions.
      const status = await this.#session.askStatus(this.#answerMs, this.#context.signal)
      const trouble = troubleOf(status)
      if (trouble !== undefined && trouble === earlier && trouble !== 'overheated') return trouble
      earlier = trouble
    }
  }

  get #sentBytes(): number {
    return Math.min(
      this.#context.bytes.length,
      this.#connection.bytesWritten - (this.#sentBefore ?? this.#connection.bytesWritten),
    )
  }

  #reasonOf(cause: unknown): StopReason {
    const { signal, stopReason } = this.#context
    if (signal.aborted) return stopReason()
    const said = troubleOf(this.#session.status)
    if (said !== undefined) return said
    const stalled = cause instanceof TransportError && cause.code === 'WRITE_TIMEOUT'
    return stalled ? 'write-timeout' : 'connection-lost'
  }

  /** The error for a job that stopped after it was begun; clears what the printer holds if the caller wants that. */
  async #stopped(reason: StopReason, cause?: unknown): Promise<Error> {
    const { bytes, jobId, options } = this.#context
    const sent = this.#sentBytes
    const details: PrintErrorDetails = {
      reason,
      jobId,
      bytesSent: sent,
      totalBytes: bytes.length,
      status: this.#session.status,
      cause,
    }
    if (sent === 0 && bytes.length > 0) return new NotStarted(details)
    const mayClear = options.ifStopped === 'clear' && this.#session.heard && !this.#session.ended
    if (mayClear && (await this.#session.clearBuffers(this.#answerMs * 3))) {
      return new PartiallyPrinted(details)
    }
    return new Uncertain(details)
  }

  #warnOfPaper(status: PrinterStatus): void {
    const known = this.warnings.some(({ code }) => code === 'PAPER_NEAR_END')
    if (status.paper === 'near-end' && !known) {
      this.#warn('PAPER_NEAR_END', 'The roll is nearly empty.', 'Have a new roll ready.')
    } else if (status.paper === 'end') {
      this.#warn('PAPER_OUT', 'The roll ended behind this job.', 'Put in a new roll.')
    }
  }

  #warn(code: string, message: string, hint?: string): void {
    const warning = { code, severity: 'warning', message, path: '' } as const
    this.warnings.push(hint === undefined ? warning : { ...warning, hint })
  }
}

function notStarted(
  context: JobContext,
  reason: StopReason,
  status: PrinterStatus,
  cause?: unknown,
): NotStarted {
  const { jobId, bytes } = context
  return new NotStarted({ reason, jobId, totalBytes: bytes.length, status, cause })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
