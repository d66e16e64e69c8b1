/** One attempt at a job, from the first question to the orderly end: asks, sends, confirms, and says how much is known. */

import { TransportError } from '../model/errors.js'
import { type AttemptContext, largestPartOf, policyOf } from './attempt-context.js'
import { Delivery } from './delivery.js'
import {
  lockReasonOf,
  NotStarted,
  PartiallyPrinted,
  type PrintErrorDetails,
  Uncertain,
} from './errors.js'
import { failureOf, gradeOf, isFinal, provenOf, shortfallOf } from './evidence.js'
import { type Learnt, learnProof, resynchronise } from './learn.js'
import { Stopped } from './sender.js'
import type { OpenLine } from './shared-printer.js'
import { troubleOf, UNKNOWN_STATUS } from './status.js'
import { strangerAt } from './stranger.js'
import type { Grade, PrinterStatus, PrintResult, StopReason } from './types.js'
import { usesMacros } from './uses-macros.js'
import { Warnings } from './warnings.js'

/**
 * How long to wait for the far side's half-close once the job is confirmed. It is short, because the result no
 * longer depends on it.
 */
const CONFIRMED_CLOSE_MS = 2000
const FAILED_CLOSE_MS = 1000

/** Error codes with which a print system refuses the whole job when the connection is closed. */
const REFUSALS: ReadonlySet<string> = new Set([
  'JOB_REFUSED',
  'ACCESS_DENIED',
  'QUEUE_NOT_FOUND',
  'FORMAT_REFUSED',
])

export class Attempt {
  readonly #context: AttemptContext
  readonly #warnings = new Warnings()
  readonly #answerMs: number
  #line: OpenLine | undefined
  #delivery: Delivery | undefined

  constructor(context: AttemptContext) {
    this.#context = context
    this.#answerMs = context.rules.answerMs
  }

  async run(): Promise<PrintResult> {
    const { plan, limits, log, signal, stopReason } = this.#context
    if (signal.aborted) throw this.#notStarted(stopReason(), UNKNOWN_STATUS, signal.reason)
    const line = await this.#open()
    try {
      const { before, learnt } = await this.#preflight(line)
      const delivery = new Delivery(this.#context, line, learnt, () => this.#openDrawer())
      this.#delivery = delivery
      await this.#writeDown(before)
      await delivery.run()
      const { grade, printedThrough, after } = await this.#confirm(delivery)
      await this.#openDrawer()
      await this.#finish(delivery, grade)
      await log.done(grade)
      return {
        grade,
        jobId: limits.jobId,
        bytesSent: plan.totalBytes,
        segments: plan.parts.length,
        printedThrough,
        copies: plan.copies,
        alreadyDone: false,
        reprinted: false,
        before,
        after,
        warnings: [...this.#warnings.all, ...log.warnings],
      }
    } catch (cause) {
      const error = await this.#errorOf(cause)
      await this.#leave(error)
      await log.failed(error)
      throw error
    }
  }

  async #open(): Promise<OpenLine> {
    const { shared, transport, options, signal, stopReason } = this.#context
    try {
      this.#line = await shared.open(transport, options, signal)
      return this.#line
    } catch (cause) {
      const lost = lockReasonOf(cause) ?? 'no-connection'
      const reason = signal.aborted && lost === 'no-connection' ? stopReason() : lost
      throw this.#notStarted(reason, UNKNOWN_STATUS, cause)
    }
  }

  /** Asks for the printer's status. If the printer says that it cannot print, no byte of the job is sent. */
  async #preflight({ session }: OpenLine): Promise<{ before: PrinterStatus; learnt: Learnt }> {
    const { signal, options, rules, stopReason, shared, plan, transport } = this.#context
    const learnt: Learnt = { proof: 'none', name: undefined, witnessed: false }
    if (!this.#context.rules.asks) {
      await this.#resynchronise(UNKNOWN_STATUS)
      return { before: UNKNOWN_STATUS, learnt }
    }
    const before = await session.askStatus(this.#answerMs, signal)
    if (signal.aborted) throw this.#notStarted(stopReason(), before, signal.reason)
    const stranger = strangerAt(session, transport.uri)
    if (stranger !== undefined) {
      throw this.#notStarted('not-a-printer', UNKNOWN_STATUS, stranger)
    }
    const trouble = troubleOf(before)
    if (trouble !== undefined) throw this.#notStarted(trouble, before)
    if (!before.answered && options.ifSilent === 'refuse') throw this.#notStarted('silent', before)
    if (!before.answered && !session.heard) {
      this.#warnings.add('PRINTER_SILENT', 'the printer did not answer before the job')
    }
    this.#warnings.addPaper(before)
    const padding = await this.#resynchronise(before)
    if (!before.answered) return { before, learnt }
    // The printer holds one macro only, so a witness would overwrite a macro that the job defines, and the reverse.
    const needsWitness = this.#context.rules.hidesRestart && !usesMacros(plan.job.bytes)
    const needs = { needsWitness, answerMs: rules.answerMsBehind(padding) }
    const found = await learnProof(session, shared, rules, needs)
    if (signal.aborted) throw this.#notStarted(stopReason(), before, signal.reason)
    return { before, learnt: found }
  }

  async #resynchronise(status: PrinterStatus): Promise<number> {
    const { shared, signal } = this.#context
    const { padding, error } = await resynchronise(this.#opened, shared, signal)
    if (error !== undefined) throw this.#notStarted('connection-lost', status, error)
    return padding
  }

  /**
   * Writes the start into the journal before the first byte is sent. The lock notes how many bytes of a command may be missing if this
   * process ends in the middle, so that the next process can send the rest.
   */
  async #writeDown(status: PrinterStatus): Promise<void> {
    const partBytes = largestPartOf(this.#context)
    try {
      await this.#opened.lock?.note(partBytes)
    } catch (cause) {
      throw this.#notStarted('no-connection', status, cause)
    }
    try {
      await this.#context.log.started(this.#context.plan.parts.length, partBytes)
    } catch (cause) {
      throw this.#notStarted('journal', status, cause)
    }
  }

  /**
   * Asks for the last proofs and grades the job by all answers together.
   * @throws Stopped
   */
  async #confirm(
    delivery: Delivery,
  ): Promise<Pick<PrintResult, 'grade' | 'printedThrough' | 'after'>> {
    const after = await delivery.lastStatus()
    const { evidence } = delivery
    const grade = gradeOf(evidence)
    const trouble = troubleOf(after)
    if (trouble !== undefined && grade !== 'printed') throw new Stopped(trouble)
    this.#warnings.addPaper(after)
    const shortfall = shortfallOf(evidence)
    if (shortfall !== undefined) this.#warnings.addShortfall(shortfall)
    // The status is from the same moment as the grade, because a status heard while the connection closes could contradict the grade.
    return { grade, printedThrough: provenOf(evidence), after }
  }

  /** Opens the drawer once, after the paper is out. A failed write is not repeated, because the drawer may have opened all the same. */
  async #openDrawer(): Promise<void> {
    const { plan, drawer, limits, signal } = this.#context
    if (plan.pulses.length === 0 || drawer.opened || limits.marked) return
    drawer.opened = true
    const { error } = await this.#opened.session.write(plan.pulses, { signal })
    if (error === undefined) return
    const hint = error instanceof TransportError ? error.hint : undefined
    this.#warnings.add('DRAWER_UNCERTAIN', 'the drawer may not have opened', hint)
  }

  /** Ends the connection in order. @throws Stopped */
  async #finish(delivery: Delivery, grade: Grade): Promise<void> {
    const { line } = delivery
    const { shared, signal, stopReason } = this.#context
    const confirmed = grade === 'processed' || grade === 'printed'
    try {
      if (confirmed) await shared.close(line, { timeoutMs: CONFIRMED_CLOSE_MS })
      else await shared.close(line, { signal }, largestPartOf(this.#context))
    } catch (cause) {
      if (confirmed) return
      delivery.refused = cause instanceof TransportError && REFUSALS.has(cause.code)
      if (delivery.refused) throw new Stopped('refused', cause)
      if (!(cause instanceof TransportError) || cause.code !== 'CLOSE_TIMEOUT') {
        throw new Stopped(signal.aborted ? stopReason() : 'connection-lost', cause)
      }
      this.#warnings.add(
        'CLOSE_UNCONFIRMED',
        'the printer has not ended the connection',
        cause.hint,
      )
    }
  }

  /**
   * Ends the connection after a failure. Bytes that end with a whole command are still delivered. Half a command
   * left in the printer would swallow the beginning of the next job, so the connection is then aborted and the next
   * job sends the rest as NULs.
   */
  async #leave(error: unknown): Promise<void> {
    const { shared, signal } = this.#context
    const line = this.#opened
    if (this.#begun === 0) return shared.drop(line)
    const isWhole = this.#delivery?.torn !== true && !signal.aborted && !line.session.ended
    // After a restart, answers that the printer lost would be awaited on this connection for ever.
    const keeps = !(error instanceof Uncertain && error.reason === 'restarted')
    const partBytes = this.#delivery?.cleared === true ? 0 : largestPartOf(this.#context)
    if (isWhole && keeps) {
      return shared.close(line, { timeoutMs: FAILED_CLOSE_MS }, partBytes).catch(() => {})
    }
    shared.tornBytes = Math.max(shared.tornBytes, partBytes)
    await shared.abort(line)
  }

  get #opened(): OpenLine {
    const line = this.#delivery?.line ?? this.#line
    if (line === undefined) throw new Error('no connection is open')
    return line
  }

  get #begun(): number {
    return this.#delivery?.begun ?? 0
  }

  /** Returns the error for the caller. Clears the printer's buffer first if the caller's policy is `cancel`. */
  async #errorOf(cause: unknown): Promise<unknown> {
    const delivery = this.#delivery
    return cause instanceof Stopped && delivery !== undefined
      ? this.#failed(cause, delivery)
      : cause
  }

  async #failed({ reason, cause }: Stopped, delivery: Delivery): Promise<Error> {
    const { plan, limits } = this.#context
    if (policyOf(this.#context) === 'cancel' && delivery.begun > 0) await delivery.clear()
    const { evidence } = delivery
    const details: PrintErrorDetails = {
      reason,
      jobId: limits.jobId,
      bytesSent: Math.min(delivery.takenBytes, plan.totalBytes),
      totalBytes: plan.totalBytes,
      reach: delivery.reach,
      status: evidence.status,
      final: isFinal(evidence),
      cause,
    }
    switch (failureOf(evidence)) {
      case 'not-started':
        return new NotStarted(details)
      case 'partial':
        return new PartiallyPrinted(details)
      case 'uncertain':
        return new Uncertain(details)
    }
  }

  #notStarted(reason: StopReason, status: PrinterStatus, cause?: unknown): NotStarted {
    const { limits, plan } = this.#context
    const { jobId } = limits
    return new NotStarted({ reason, jobId, totalBytes: plan.totalBytes, status, cause })
  }
}
