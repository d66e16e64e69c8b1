/** Sends the parts of a job over one connection, or over several where nothing can come twice, and keeps count of how far it got. */

import { modesAfter } from '../encoders/escpos/segments.js'
import { joinBytes } from '../model/join-bytes.js'
import {
  type AttemptContext,
  answerMsOf,
  hidesRestart,
  largestPartOf,
  mayEnableAutoStatus,
  patienceMsOf,
  policyOf,
} from './attempt-context.js'
import type { Line } from './device.js'
import type { Learnt } from './learn.js'
import { reachOf } from './plan.js'
import { reopenLine } from './reopen-line.js'
import { Sender, Stopped } from './sender.js'
import type { Grade, PrintProgress, Reach, StopReason } from './types.js'

const RECONNECT_MS = 5000

/** A stop after which nothing goes on. `cleared`: what the printer held has been thrown away already. */
export class GivenUp extends Error {
  readonly stop: Stopped
  readonly cleared: boolean

  constructor(stop: Stopped, cleared = false) {
    super(stop.reason, { cause: stop.cause })
    this.stop = stop
    this.cleared = cleared
  }
}

export class Delivery {
  readonly #context: AttemptContext
  readonly #learnt: Learnt
  readonly #answerMs: number
  /** Called when a copy is confirmed and the next one has not begun. */
  readonly #onCopy: () => Promise<void>
  #line: Line
  #sender: Sender
  /** Of the connections before this one. */
  #confirmedBefore = 0
  #begunBefore = 0
  #takenBefore = 0
  /** What has to be sent before the next part, since the connection is another one. */
  #prologue: Uint8Array | undefined

  constructor(context: AttemptContext, line: Line, learnt: Learnt, onCopy: () => Promise<void>) {
    this.#context = context
    this.#learnt = learnt
    this.#answerMs = answerMsOf(context)
    this.#onCopy = onCopy
    this.#line = line
    this.#sender = this.#newSender(learnt, 0)
  }

  get line(): Line {
    return this.#line
  }

  get proof(): Learnt['proof'] {
    return this.#learnt.proof
  }

  /** A restart in the middle would have been noticed. A stray byte may speak for a witness that is not there. */
  get seesRestart(): boolean {
    return !hidesRestart(this.#context) || (this.#learnt.witnessed && !this.doubted)
  }

  /** What a job is worth whose process IDs have all come back; undefined: they prove nothing, or there are none. */
  get gradeOfIds(): Grade | undefined {
    return this.#learnt.proof === 'ids' && this.seesRestart ? 'printed' : undefined
  }

  /** The last write was cut short. */
  get torn(): boolean {
    return this.#sender.torn
  }

  /** Answers came that nobody asked for, so that those of fences count for nothing. */
  get doubted(): boolean {
    return this.#sender.doubted
  }

  /** Parts known to be out, as far as a restart that nothing shows may not have eaten them. */
  get confirmed(): number {
    return this.seesRestart ? this.#confirmedBefore + this.#sender.confirmed : 0
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

  /** Sends all parts and waits for their proof, over a new connection if need be. @throws GivenUp */
  async run(): Promise<void> {
    for (;;) {
      try {
        await this.#sendRest()
        await this.#sender.settle()
        return
      } catch (stop) {
        if (!(stop instanceof Stopped)) throw stop
        await this.#goOn(stop)
      }
    }
  }

  /** Whether a question behind everything is answered in order. @throws Stopped */
  async fence(bytesBefore: number): Promise<void> {
    const { witnessed } = this.#learnt
    const sender = this.#newSender({ proof: 'fences', witnessed }, bytesBefore)
    const segment = { kind: 'print', from: 0, to: 0, firstLine: 1, lastLine: 0, paths: [] } as const
    await sender.send({ bytes: new Uint8Array(0), index: 0, copy: 1, segment })
    await sender.settle()
  }

  tell(state: PrintProgress['state'], reason?: StopReason): void {
    const { onProgress } = this.#context.limits
    if (onProgress === undefined) return
    const progress = { state, reach: this.reach }
    // What the caller throws is the caller's, and nothing of the job's.
    queueMicrotask(() => onProgress(reason === undefined ? progress : { ...progress, reason }))
  }

  async #sendRest(): Promise<void> {
    const { plan, limits } = this.#context
    for (let next = this.begun; next < plan.parts.length; next = this.begun) {
      const part = plan.parts[next]
      if (part === undefined) return
      if (next > 0 && next % plan.partsPerCopy === 0 && this.#prologue === undefined) {
        await this.#sender.settle()
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

  /** After a lost connection: goes on where nothing can come twice. @throws GivenUp */
  async #goOn(stop: Stopped): Promise<void> {
    const { options, device, signal } = this.#context
    const { proof, witnessed } = this.#learnt
    const lost = this.#sender
    const isLost = stop.reason === 'connection-lost' && this.begun > 0 && proof !== 'none'
    if (!isLost) throw new GivenUp(stop)
    device.memory.tornBytes = largestPartOf(this.#context)
    this.tell('reconnecting')
    await device.abort(this.#line)
    const line = await reopenLine(this.#context, options.reconnectMs ?? RECONNECT_MS)
    if (line === undefined) throw new GivenUp(stop)
    this.#line = line
    const known = lost.confirmed === lost.begun
    this.#confirmedBefore += lost.confirmed
    this.#begunBefore += lost.begun
    this.#takenBefore += lost.takenBytes
    const sender = this.#newSender(this.#learnt, 0)
    this.#sender = sender
    if (proof === 'ids') sender.adopt(lost)
    const status = await line.session.askStatus(this.#answerMs, signal)
    if (!status.answered) throw new GivenUp(stop)
    if (proof === 'ids') await sender.collectLate(this.#answerMs)
    if (witnessed) await this.#refuteIfRestarted(sender, stop)
    if (this.#mayGoOn(known)) return
    const cleared = await line.session.clearBuffers(this.#answerMs * 3)
    if (cleared) device.memory.tornBytes = 0
    throw new GivenUp(stop, cleared)
  }

  async #refuteIfRestarted(sender: Sender, stop: Stopped): Promise<void> {
    const { device, signal } = this.#context
    const alive = await this.#line.session.seeWitness(
      device.nextId(),
      patienceMsOf(this.#context, 0),
      signal,
    )
    if (alive === true) return
    sender.refute()
    throw new GivenUp(alive === false ? new Stopped('restarted') : stop)
  }

  /** All that was sent is confirmed: the next part is sent with its modes set anew. */
  #mayGoOn(knownBefore: boolean): boolean {
    const { plan, device } = this.#context
    const part = plan.parts[this.begun]
    const startsAnew = part === undefined || part.index <= 0
    const byIds = this.#learnt.proof === 'ids'
    if (this.confirmed !== this.begun || !(byIds || (knownBefore && startsAnew))) return false
    device.memory.tornBytes = 0
    this.#prologue = modesAfter(plan.job.bytes.subarray(0, startsAnew ? 0 : part.segment.from))
    return true
  }

  #newSender({ proof, witnessed }: Learnt, extraBytes: number): Sender {
    const { device, options, signal, stopReason, plan } = this.#context
    return new Sender({
      line: this.#line,
      proof,
      witnessed,
      singly: hidesRestart(this.#context) && !witnessed,
      autoStatus: plan.parts.length > 1 && proof !== 'none' && mayEnableAutoStatus(options),
      nextId: () => device.nextId(),
      windowBytes: options.windowBytes,
      bufferBytes: options.profile?.bufferBytes ?? undefined,
      answerMs: this.#answerMs,
      patienceMs: (bytes) => patienceMsOf(this.#context, bytes + extraBytes),
      waitsForPeople: policyOf(this.#context) === 'wait',
      signal,
      stopReason,
      onConfirmed: () => this.#context.log.acked(this.confirmed, this.gradeOfIds),
      onPause: (reason) => {
        if (reason === undefined) this.tell('sending')
        else this.tell('paused', reason)
      },
    })
  }
}
