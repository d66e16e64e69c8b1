/** One attempt at a job, from the first question to the orderly end: asks, sends, confirms, and says how much is known. */

import { modesAfter } from '../encoders/escpos/segments.js'
import { LockError } from '../journal/file-lock.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { TransportError } from '../model/errors.js'
import type { Transport } from '../transports/types.js'
import type { Device, Line } from './device.js'
import { NotStarted, PartiallyPrinted, type PrintErrorDetails, Uncertain } from './errors.js'
import type { JobLog } from './job-log.js'
import { learnProof, resynchronise } from './learn.js'
import { type Plan, reachOf } from './plan.js'
import { reopenLine } from './reopen-line.js'
import { type Proof, Sender, Stopped } from './sender.js'
import { isClean, troubleOf, UNKNOWN_STATUS } from './status.js'
import type {
  Grade,
  PrinterOptions,
  PrinterStatus,
  PrintOptions,
  PrintProgress,
  PrintResult,
  Reach,
  StopReason,
} from './types.js'

/** Wait for the far side's half-close once the job is confirmed: nothing more depends on it. */
const CONFIRMED_CLOSE_MS = 2000
const FAILED_CLOSE_MS = 1000
const RECONNECT_MS = 5000

export interface AttemptContext {
  readonly device: Device
  readonly transport: Transport
  readonly options: PrinterOptions
  readonly limits: PrintOptions
  readonly plan: Plan
  readonly log: JobLog
  /** Aborts at the caller's signal and at the deadline; `stopReason` tells which. */
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
  /** Whether the drawer has been opened for this job, in an earlier attempt as well. */
  readonly drawer: { opened: boolean }
}

export class Attempt {
  readonly #context: AttemptContext
  readonly #warnings: Diagnostic[] = []
  readonly #answerMs: number
  readonly #asks: boolean
  #line: Line | undefined
  #sender: Sender | undefined
  #proof: Proof = 'none'
  /** Of the connections before this one. */
  #confirmedBefore = 0
  #begunBefore = 0
  #takenBefore = 0
  /** What has to be sent before the next part, since the connection is another one. */
  #prologue: Uint8Array | undefined

  constructor(context: AttemptContext) {
    const { options, transport } = context
    this.#context = context
    this.#asks = transport.twoWay && options.profile?.answersStatus !== false
    this.#answerMs = options.answerTimeoutMs ?? 1000
  }

  async run(): Promise<PrintResult> {
    const { plan, limits, log, signal, stopReason } = this.#context
    if (signal.aborted) throw this.#notStarted(stopReason(), UNKNOWN_STATUS, signal.reason)
    await this.#open()
    try {
      const before = await this.#preflight()
      await this.#writeDown(before)
      await this.#deliver()
      const { grade, after } = await this.#confirm()
      await this.#openDrawer()
      await this.#finish(grade)
      await log.done(grade)
      return {
        grade,
        jobId: limits.jobId,
        bytesSent: plan.totalBytes,
        segments: plan.parts.length,
        printedThrough: this.#confirmed,
        copies: plan.copies,
        alreadyDone: false,
        reprinted: false,
        before,
        after,
        warnings: [...this.#warnings, ...log.warnings],
      }
    } catch (error) {
      await this.#leave()
      await log.failed(error)
      throw error
    }
  }

  async #open(): Promise<void> {
    const { device, transport, options, signal, stopReason } = this.#context
    try {
      this.#line = await device.open(transport, options.lock !== false, signal)
    } catch (cause) {
      const lost = cause instanceof LockError ? 'busy' : 'no-connection'
      const reason = signal.aborted && lost !== 'busy' ? stopReason() : lost
      device.forget()
      throw this.#notStarted(reason, UNKNOWN_STATUS, cause)
    }
  }

  /** Asks how the printer is. One that says that it cannot print gets no byte of the job. */
  async #preflight(): Promise<PrinterStatus> {
    const { signal, options, stopReason, device, plan } = this.#context
    const { session } = this.#opened
    if (!this.#asks) {
      await this.#resynchronise(UNKNOWN_STATUS)
      this.#useLine()
      return UNKNOWN_STATUS
    }
    const status = await session.askStatus(this.#answerMs, signal)
    if (signal.aborted) throw this.#notStarted(stopReason(), status, signal.reason)
    const trouble = troubleOf(status)
    if (trouble !== undefined) throw this.#notStarted(trouble, status)
    if (!status.answered && options.ifSilent === 'refuse') throw this.#notStarted('silent', status)
    if (!status.answered && !session.heard) {
      this.#warn('PRINTER_SILENT', 'The printer did not answer before the job.')
    }
    this.#warnOfPaper(status)
    await this.#resynchronise(status)
    if (status.answered) {
      const hasSegments = plan.parts.length > 1
      this.#proof = await learnProof(session, device, options, hasSegments, this.#answerMs)
    }
    if (signal.aborted) throw this.#notStarted(stopReason(), status, signal.reason)
    this.#useLine()
    return status
  }

  async #resynchronise(status: PrinterStatus): Promise<void> {
    const { device, signal } = this.#context
    const { session } = this.#opened
    const { answered } = status
    const cause = await resynchronise(session, device.memory, answered, this.#answerMs, signal)
    if (cause !== undefined) throw this.#notStarted('connection-lost', status, cause)
  }

  /** In the journal before the first byte is out. */
  async #writeDown(status: PrinterStatus): Promise<void> {
    try {
      await this.#context.log.started(this.#context.plan.parts.length)
    } catch (cause) {
      throw this.#notStarted('journal', status, cause)
    }
  }

  /** Sends all parts and waits for their proof, over a new connection if need be. */
  async #deliver(): Promise<void> {
    for (;;) {
      try {
        await this.#sendRest()
        await this.#sending.settle()
        return
      } catch (stop) {
        if (!(stop instanceof Stopped)) throw stop
        await this.#goOn(stop)
      }
    }
  }

  async #sendRest(): Promise<void> {
    const { plan, limits } = this.#context
    for (let next = this.#begun; next < plan.parts.length; next = this.#begun) {
      const part = plan.parts[next]
      if (part === undefined) return
      if (next > 0 && next % plan.partsPerCopy === 0 && this.#prologue === undefined) {
        await this.#sending.settle()
        await this.#openDrawer()
        this.#tell('between-copies')
        await this.#sending.idle(limits.pauseBetweenCopiesMs ?? 0)
      }
      const prologue = this.#prologue
      this.#prologue = undefined
      const bytes = prologue === undefined ? part.bytes : concat(prologue, part.bytes)
      await this.#sending.send({ ...part, bytes })
      this.#tell('sending')
    }
  }

  /** After a lost connection: goes on where nothing can come twice. Else throws what is known. */
  async #goOn(stop: Stopped): Promise<void> {
    const { options, plan, device } = this.#context
    const { reconnectMs = RECONNECT_MS } = options
    const lost = this.#sending
    const isLost = stop.reason === 'connection-lost' && this.#begun > 0 && this.#proof !== 'none'
    if (!isLost) throw await this.#failed(stop)
    device.memory.tornBytes = this.#largestPart
    this.#tell('reconnecting')
    await device.abort(this.#opened)
    const line = await reopenLine(this.#context, reconnectMs)
    if (line === undefined) throw await this.#failed(stop)
    this.#line = line
    const { session } = this.#opened
    const byIds = this.#proof === 'ids'
    const known = lost.confirmed === lost.begun
    this.#confirmedBefore += lost.confirmed
    this.#begunBefore += lost.begun
    this.#takenBefore += lost.takenBytes
    const sender = this.#useLine()
    if (byIds) sender.adopt(lost)
    const status = await session.askStatus(this.#answerMs, this.#context.signal)
    if (!status.answered) throw await this.#failed(stop)
    if (byIds) await sender.collectLate(this.#answerMs)
    const part = plan.parts[this.#begun]
    const startsAnew = part === undefined || part.index <= 0
    const allOut = this.#confirmed === this.#begun && (byIds || (known && startsAnew))
    if (allOut) {
      device.memory.tornBytes = 0
      const sent = startsAnew ? 0 : part.segment.from
      this.#prologue = modesAfter(plan.job.bytes.subarray(0, sent))
      return
    }
    const cleared = await session.clearBuffers(this.#answerMs * 3)
    if (cleared) device.memory.tornBytes = 0
    throw await this.#failed(stop, cleared)
  }

  /** What all the answers together are worth. */
  async #confirm(): Promise<{ grade: Grade; after: PrinterStatus }> {
    const { transport, signal } = this.#context
    if (!transport.twoWay) return { grade: 'handed-over', after: UNKNOWN_STATUS }
    if (!this.#asks || !this.#opened.session.heard) {
      return { grade: 'accepted', after: UNKNOWN_STATUS }
    }
    try {
      if (this.#proof === 'none') await this.#lateFence()
      await this.#proveByBlock()
    } catch (stop) {
      throw stop instanceof Stopped ? await this.#failed(stop) : stop
    }
    const after = await this.#opened.session.askStatus(this.#answerMs, signal)
    const trouble = troubleOf(after)
    const printed = this.#proof === 'ids'
    if (trouble !== undefined && !printed) throw await this.#failed(new Stopped(trouble))
    this.#warnOfPaper(after)
    if (printed) return { grade: 'printed', after }
    if (isClean(after)) return { grade: 'processed', after }
    this.#warn('STATUS_INCOMPLETE', 'The printer took the job but did not say how it is.')
    return { grade: 'accepted', after }
  }

  /** A printer that was silent before the job and talks now. */
  async #lateFence(): Promise<void> {
    const { bytes } = this.#context.plan.job
    const sender = this.#newSender('fences', bytes.length)
    const segment = { kind: 'print', from: 0, to: 0, firstLine: 1, lastLine: 0, paths: [] } as const
    await sender.send({ bytes: new Uint8Array(0), index: 0, copy: 1, segment })
    await sender.settle()
  }

  /** A stray byte may pass for the answer of a fence, and never for a block. */
  async #proveByBlock(): Promise<void> {
    const { device, signal, stopReason } = this.#context
    const { session } = this.#opened
    const isOpen = this.#proof === 'fences' && this.#context.plan.parts.length > 1
    if (!isOpen || device.memory.answersIdentity !== true) return
    if ((await session.information(67, this.#patienceMs(0), signal)) !== undefined) return
    if (signal.aborted) throw new Stopped(stopReason(), signal.reason)
    throw new Stopped(session.ended ? 'connection-lost' : 'not-confirmed', session.failure)
  }

  /** Once, after the paper is out, and never again: whether the drawer has opened is not known if this write fails. */
  async #openDrawer(): Promise<void> {
    const { plan, drawer, limits, signal } = this.#context
    if (plan.pulses.length === 0 || drawer.opened || limits.marked) return
    drawer.opened = true
    const { error } = await this.#opened.session.write(plan.pulses, { signal })
    if (error === undefined) return
    const hint = error instanceof TransportError ? error.hint : undefined
    this.#warn('DRAWER_UNCERTAIN', 'The drawer may not have opened.', hint)
  }

  /** Ends the connection in order. */
  async #finish(grade: Grade): Promise<void> {
    const { device, signal } = this.#context
    const confirmed = grade === 'processed' || grade === 'printed'
    try {
      await device.close(this.#opened, confirmed ? { timeoutMs: CONFIRMED_CLOSE_MS } : { signal })
    } catch (cause) {
      if (confirmed) return
      if (!(cause instanceof TransportError) || cause.code !== 'CLOSE_TIMEOUT') {
        const reason = signal.aborted ? this.#context.stopReason() : 'connection-lost'
        throw await this.#failed(new Stopped(reason, cause))
      }
      this.#warn('CLOSE_UNCONFIRMED', 'The printer has not ended the connection.', cause.hint)
    }
  }

  /**
   * Ends the connection after a failure. What was sent whole is delivered whole, since half a command left in the printer would
   * swallow the beginning of the next job; where it was not, the next job clears it.
   */
  async #leave(): Promise<void> {
    const { device, signal } = this.#context
    const line = this.#line
    if (line === undefined) return
    if (this.#begun === 0) return device.drop(line)
    const whole = this.#sender?.torn !== true && !signal.aborted && !line.session.ended
    if (whole) return device.close(line, { timeoutMs: FAILED_CLOSE_MS }).catch(() => {})
    if (!line.session.ended) device.memory.tornBytes = this.#largestPart
    await device.abort(line)
  }

  #useLine(): Sender {
    this.#sender = this.#newSender(this.#proof, 0)
    return this.#sender
  }

  #newSender(proof: Proof, extraBytes: number): Sender {
    const { device, options, limits, signal, stopReason, plan } = this.#context
    return new Sender({
      line: this.#opened,
      proof,
      autoStatus:
        plan.parts.length > 1 && proof !== 'none' && options.profile?.answersStatus === true,
      nextId: () => device.nextId(),
      windowBytes: options.windowBytes,
      answerMs: this.#answerMs,
      patienceMs: (bytes) => this.#patienceMs(bytes + extraBytes),
      waitsForPeople: policyOf(options, limits) === 'wait',
      signal,
      stopReason,
      onConfirmed: () => this.#context.log.acked(this.#confirmed),
      onPause: (reason) => {
        if (reason === undefined) this.#tell('sending')
        else this.#tell('paused', reason)
      },
    })
  }

  get #opened(): Line {
    if (this.#line === undefined) throw new Error('no connection is open')
    return this.#line
  }

  get #sending(): Sender {
    if (this.#sender === undefined) throw new Error('nothing is being sent')
    return this.#sender
  }

  get #confirmed(): number {
    return this.#confirmedBefore + (this.#sender?.confirmed ?? 0)
  }

  get #begun(): number {
    return this.#begunBefore + (this.#sender?.begun ?? 0)
  }

  get #largestPart(): number {
    return this.#context.plan.parts.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
  }

  #patienceMs(bytes: number): number {
    return this.#context.options.confirmTimeoutMs ?? 15_000 + bytes * 4
  }

  #reach(): Reach {
    return reachOf(this.#context.plan, this.#confirmed, this.#begun)
  }

  /** The error for a job that stopped; clears what the printer holds if the caller wants that. */
  async #failed(stop: Stopped, cleared = false): Promise<Error> {
    const { plan, limits, options } = this.#context
    const { session } = this.#opened
    const mayClear = policyOf(options, limits) === 'cancel' && session.heard && !session.ended
    const cancelled =
      mayClear && this.#begun > 0 && !cleared && (await session.clearBuffers(this.#answerMs * 3))
    const { reason, cause } = stop
    if (reason === 'not-confirmed') this.#context.device.forget()
    const details: PrintErrorDetails = {
      reason,
      jobId: limits.jobId,
      bytesSent: Math.min(this.#takenBefore + (this.#sender?.takenBytes ?? 0), plan.totalBytes),
      totalBytes: plan.totalBytes,
      reach: this.#reach(),
      status: session.status,
      final: cleared,
      cause,
    }
    if (this.#begun === 0 && plan.totalBytes > 0) return new NotStarted(details)
    const allKnown = this.#proof === 'ids' && this.#confirmed === this.#begun
    const isPart = this.#confirmed < plan.parts.length
    return cancelled || (allKnown && isPart)
      ? new PartiallyPrinted(details)
      : new Uncertain(details)
  }

  #notStarted(reason: StopReason, status: PrinterStatus, cause?: unknown): NotStarted {
    const { limits, plan } = this.#context
    const { jobId } = limits
    return new NotStarted({ reason, jobId, totalBytes: plan.totalBytes, status, cause })
  }

  #tell(state: PrintProgress['state'], reason?: StopReason): void {
    const { onProgress } = this.#context.limits
    if (onProgress === undefined) return
    const progress = { state, reach: this.#reach() }
    // What the caller throws is the caller's, and nothing of the job's.
    queueMicrotask(() => onProgress(reason === undefined ? progress : { ...progress, reason }))
  }

  #warnOfPaper(status: PrinterStatus): void {
    const known = this.#warnings.some(({ code }) => code === 'PAPER_NEAR_END')
    if (status.paper === 'near-end' && !known) {
      this.#warn('PAPER_NEAR_END', 'The roll is nearly empty.', 'Have a new roll ready.')
    } else if (status.paper === 'end') {
      this.#warn('PAPER_OUT', 'The roll ended behind this job.', 'Put in a new roll.')
    }
  }

  #warn(code: string, message: string, hint?: string): void {
    const warning = { code, severity: 'warning', message, path: '' } as const
    this.#warnings.push(hint === undefined ? warning : { ...warning, hint })
  }
}

function policyOf({ ifStopped }: PrinterOptions, { onPaperOut }: PrintOptions) {
  const policy = onPaperOut ?? ifStopped ?? 'leave'
  return policy === 'clear' ? 'cancel' : policy
}

function concat(before: Uint8Array, after: Uint8Array): Uint8Array {
  const joined = new Uint8Array(before.length + after.length)
  joined.set(before)
  joined.set(after, before.length)
  return joined
}
