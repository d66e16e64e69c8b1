/** Sends the parts of a job and counts how far it got. A lost connection is replaced if no part can then be printed twice. */

import { modesAfter } from '../encoders/escpos/segments.js'
import { joinBytes } from '../model/join-bytes.js'
import { type AttemptContext, largestPartOf, policyOf } from './attempt-context.js'
import { type Evidence, gradeInJournalOf, mayGoOn, provenOf } from './evidence.js'
import type { Learnt } from './learn.js'
import { reachOf } from './plan.js'
import { askName, seeWitness } from './questions.js'
import { reopenLine } from './reopen-line.js'
import { Sender, Stopped } from './sender.js'
import type { OpenLine } from './shared-printer.js'
import { UNKNOWN_STATUS } from './status.js'
import type { PrinterStatus, PrintProgress, Reach, StopReason } from './types.js'

const RECONNECT_MS = 5000

export class Delivery {
  readonly #context: AttemptContext
  readonly #learnt: Learnt
  readonly #answerMs: number
  /** Called when a copy is confirmed and the next one has not begun. */
  readonly #onCopy: () => Promise<void>
  #line: OpenLine
  #sender: Sender
  /** Counts of the earlier connections; the current sender counts only its own. */
  #printedIdsBefore = 0
  #begunBefore = 0
  #takenBefore = 0
  /** Bytes to send before the next part, because a new connection starts without the settings of the one before. */
  #prologue: Uint8Array | undefined
  #connections = 1
  #restarted = false
  #answerer: Evidence['answerer'] = 'unknown'
  #cleared = false
  /** The print system has said that it does not take the job. */
  refused = false

  constructor(
    context: AttemptContext,
    line: OpenLine,
    learnt: Learnt,
    onCopy: () => Promise<void>,
  ) {
    this.#context = context
    this.#learnt = learnt
    this.#answerMs = context.rules.answerMs
    this.#onCopy = onCopy
    this.#line = line
    this.#sender = this.#newSender()
  }

  get line(): OpenLine {
    return this.#line
  }

  /** The last write was cut short. */
  get torn(): boolean {
    return this.#sender.torn
  }

  /** The printer has confirmed that it cleared its buffers, including half a command if it had one. */
  get cleared(): boolean {
    return this.#cleared
  }

  /** Everything known about the job so far. */
  get evidence(): Evidence {
    const { transport, plan } = this.#context
    const { session } = this.#line
    const { proof, witnessed } = this.#learnt
    const hidden = this.#context.rules.hidesRestart && !witnessed
    return {
      proof,
      isTwoWay: transport.twoWay,
      heard: session.heard,
      parts: plan.parts.length,
      begun: this.begun,
      isWhole: this.begun === plan.parts.length && !this.#sender.missesBytes,
      printedIds: this.#printedIdsBefore + this.#sender.printedIds,
      provenHere: this.#sender.proven,
      begunHere: this.#sender.begun,
      connections: this.#connections,
      strays: session.strays,
      restart: this.#restarted ? 'seen' : hidden ? 'unseen' : 'excluded',
      answerer: this.#answerer,
      refused: this.refused,
      cleared: this.#cleared,
      status: session.status,
    }
  }

  /** Number of parts known to be printed or processed. */
  get confirmed(): number {
    return provenOf(this.evidence)
  }

  get begun(): number {
    return this.#begunBefore + this.#sender.begun
  }

  get takenBytes(): number {
    return this.#takenBefore + this.#sender.takenBytes
  }

  get reach(): Reach {
    return reachOf(this.#context.plan, this.confirmed, this.begun)
  }

  /** Sends all parts and waits for their proof, over a new connection if need be. @throws Stopped */
  async run(): Promise<void> {
    for (;;) {
      try {
        await this.#sendRest()
        await this.#prove()
        return
      } catch (stop) {
        if (!(stop instanceof Stopped)) throw stop
        this.#restarted ||= stop.reason === 'restarted'
        await this.#goOn(stop)
      }
    }
  }

  /** The status after all parts. If the printer has no process IDs, the last proof has asked for it already. */
  async lastStatus(): Promise<PrinterStatus> {
    const { signal } = this.#context
    const { session } = this.#line
    const { proof } = this.#learnt
    if (proof === 'blocks' || proof === 'bytes') return session.status
    // Without a proof, the printer was silent before the job, but it may answer now.
    const mayAsk = proof === 'ids' || (this.#context.rules.asks && session.heard)
    return mayAsk ? session.askStatus(this.#answerMs, signal) : UNKNOWN_STATUS
  }

  /** Clears the printer's buffers, unless another printer answers now. `cleared` tells whether the printer has confirmed it. */
  async clear(): Promise<void> {
    const { session } = this.#line
    if (this.#cleared || this.#answerer === 'other' || !session.heard || session.ended) return
    this.#cleared = await session.clearBuffers(this.#answerMs * 3)
  }

  tell(state: PrintProgress['state'], reason?: StopReason): void {
    const { onProgress } = this.#context.limits
    if (onProgress === undefined) return
    const progress = { state, reach: this.reach }
    // A listener that throws must not fail the job, so it runs in a microtask.
    queueMicrotask(() => onProgress(reason === undefined ? progress : { ...progress, reason }))
  }

  async #sendRest(): Promise<void> {
    const { plan, limits } = this.#context
    for (let next = this.begun; next < plan.parts.length; next = this.begun) {
      const part = plan.parts[next]
      if (part === undefined) return
      if (next > 0 && next % plan.partsPerCopy === 0 && this.#prologue === undefined) {
        await this.#prove()
        await this.#onCopy()
        this.tell('between-copies')
        await this.#sender.idle(limits.pauseBetweenCopiesMs ?? 0)
      }
      const prologue = this.#prologue
      this.#prologue = undefined
      const bytes = prologue === undefined ? part.bytes : joinBytes([prologue, part.bytes])
      await this.#sender.send({ ...part, bytes })
      this.tell('sending')
    }
  }

  /** Waits for the proof of every part sent so far. @throws Stopped */
  async #prove(): Promise<void> {
    await this.#sender.settle()
    // If this connection has sent no part, the earlier one has proven them all, and there is nothing to ask.
    if (this.#sender.begun === 0) return
    await this.#sender.prove()
    this.#noteProven()
  }

  /**
   * Goes on after a lost connection, if no line can come out twice and none can be missing.
   * @throws Stopped
   */
  async #goOn(stop: Stopped): Promise<void> {
    const { options, shared, signal } = this.#context
    const { proof } = this.#learnt
    const lost = this.#sender
    const isLost = stop.reason === 'connection-lost' && this.begun > 0 && proof !== 'none'
    if (!isLost) throw stop
    const before = this.evidence
    shared.tornBytes = largestPartOf(this.#context)
    this.tell('reconnecting')
    await shared.abort(this.#line)
    const line = await reopenLine(this.#context, options.reconnectMs ?? RECONNECT_MS)
    if (line === undefined) throw stop
    this.#line = line
    this.#connections++
    this.#printedIdsBefore += lost.printedIds
    this.#begunBefore += lost.begun
    this.#takenBefore += lost.takenBytes
    const sender = this.#newSender()
    this.#sender = sender
    if (proof === 'ids') sender.adopt(lost)
    const status = await line.session.askStatus(this.#answerMs, signal)
    if (!status.answered) throw stop
    await this.#askWho()
    if (this.#answerer === 'other') throw new Stopped('other-printer')
    if (proof === 'ids') await sender.collectLate(this.#answerMs)
    await this.#refuteIfRestarted(sender, stop)
    const known = { ...before, answerer: this.#answerer, printedIds: this.evidence.printedIds }
    if (mayGoOn(known)) return this.#beginAgain()
    await this.clear()
    if (this.#cleared) {
      shared.tornBytes = 0
      // The lock still has the note of the lost connection that half a command may be in the printer.
      await line.lock?.forgetDead()
    }
    throw stop
  }

  /** Asks for the printer's name after a reconnection, because another printer may be at the address by now. */
  async #askWho(): Promise<void> {
    const { name } = this.#learnt
    if (name === undefined) return
    const now = await askName(this.#line.session, this.#answerMs, this.#context.signal)
    const isSameModel = now?.model === name.model
    // A model without a serial number may be a late answer to a question of the lost connection, with the serial number still to come.
    const isHalf = isSameModel && now.serial === undefined && name.serial !== undefined
    if (now === undefined || isHalf) this.#answerer = 'silent'
    else this.#answerer = isSameModel && now.serial === name.serial ? 'same' : 'other'
  }

  async #refuteIfRestarted(sender: Sender, stop: Stopped): Promise<void> {
    const { shared, signal } = this.#context
    const { witnessed, name, proof } = this.#learnt
    if (!witnessed || name === undefined) return
    const witness = await seeWitness(this.#line.session, {
      model: name.model,
      id: proof === 'ids' ? shared.nextId() : undefined,
      timeoutMs: this.#context.rules.patienceMs(0),
      signal,
    })
    if (witness === 'kept') return
    sender.refute()
    this.#restarted = witness === 'gone'
    throw witness === 'gone' ? new Stopped('restarted') : stop
  }

  /** Has the next part preceded by commands that set the modes it expects, because the new connection starts without them. */
  #beginAgain(): void {
    const { plan, shared } = this.#context
    const part = plan.parts[this.begun]
    shared.tornBytes = 0
    const from = part === undefined || part.index <= 0 ? 0 : part.segment.from
    this.#prologue = modesAfter(plan.job.bytes.subarray(0, from))
  }

  #noteProven(): void {
    this.#context.log.acked(this.confirmed, gradeInJournalOf(this.evidence))
  }

  #newSender(): Sender {
    const { shared, options, rules, signal, stopReason, plan } = this.#context
    const { proof, name, witnessed } = this.#learnt
    return new Sender({
      line: this.#line,
      proof,
      model: name?.model,
      witnessed,
      singly: this.#context.rules.hidesRestart && !witnessed,
      autoStatus: plan.parts.length > 1 && proof !== 'none' && rules.mayEnableAutoStatus,
      nextId: () => shared.nextId(),
      windowBytes: options.windowBytes,
      bufferBytes: options.profile?.bufferBytes ?? undefined,
      answerMs: this.#answerMs,
      patienceMs: rules.patienceMs,
      waitsForPeople: policyOf(this.#context) === 'wait',
      signal,
      stopReason,
      onConfirmed: () => this.#noteProven(),
      onPause: (reason) => {
        if (reason === undefined) this.tell('sending')
        else this.tell('paused', reason)
      },
    })
  }
}
