/**
 * Sends the parts of a job, at most a window of bytes ahead of the printer's confirmations, and watches the status meanwhile.
 *
 * It is long because sending, pausing and stopping change the same few counters, which must not be seen half changed.
 */

import {
  type BlockAnswer,
  readBlock,
  type StatusEvent,
  type StatusQuery,
} from '../encoders/escpos/status.js'
import { TransportError } from '../model/errors.js'
import { joinBytes } from '../model/join-bytes.js'
import type { Proof } from './evidence.js'
import type { Part } from './plan.js'
import { ASK_MODEL, RUN_WITNESS } from './questions.js'
import { AUTO_STATUS_ON, FENCE_BYTES, processIdRequest } from './session.js'
import type { OpenLine } from './shared-printer.js'
import { troubleOf } from './status.js'
import type { StopReason, Trouble } from './types.js'

const WINDOW_BYTES = 4096
const WIDEST_WINDOW_BYTES = 65_536
/** A part confirmed within `QUICK_MS` widens the window; a part that takes longer than `SLOW_MS` narrows it. */
const QUICK_MS = 50
const SLOW_MS = 250
/** Pause between two questions for the status while confirmations are awaited. */
const POLL_MS = 500
/** The longest delay that a timer takes. The caller's deadline always comes earlier. */
const NO_LIMIT_MS = 2 ** 31 - 1

export interface SenderOptions {
  readonly line: OpenLine
  readonly proof: Proof
  /** The model that the printer named before the job. A block with another text does not answer our question. */
  readonly model: string | undefined
  /**
   * The witness of a restart is run before each process ID, or instead of each other question. A process ID that comes back without the
   * witness's answer before it shows that the printer has restarted.
   */
  readonly witnessed: boolean
  /** Send one part at a time, so that a process ID never confirms an earlier part as well. */
  readonly singly: boolean
  /** Automatic status is switched on again behind each ESC @. */
  readonly autoStatus: boolean
  readonly nextId: () => string
  /** Undefined: 4096 at first, and more if the printer confirms quickly. */
  readonly windowBytes: number | undefined
  /** Size of the printer's receive buffer in bytes. The window is never wider. */
  readonly bufferBytes: number | undefined
  readonly answerMs: number
  /** Longest wait without a confirmation, for so many unconfirmed bytes. */
  readonly patienceMs: (bytes: number) => number
  /** Whether to wait, if the printer stops, until a person has mended the trouble. */
  readonly waitsForPeople: boolean
  readonly signal: AbortSignal
  readonly stopReason: () => StopReason
  readonly onConfirmed: () => void
  readonly onPause: (reason: Trouble | undefined) => void
}

/** Thrown when sending has to end early. What that means for the job is judged in `evidence.ts`. */
export class Stopped extends Error {
  readonly reason: StopReason

  constructor(reason: StopReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

interface Pending {
  readonly sentAt: number
  readonly bytes: number
  readonly id: string | undefined
  /** The question, if the marker is a fence. */
  readonly query: StatusQuery | undefined
  /** False for a question that was sent without a part before it. */
  readonly isPart: boolean
  /** Whether the witness has answered for this part. */
  isSeen: boolean
}

export class Sender {
  readonly #options: SenderOptions
  /** Parts and questions that are sent and not yet confirmed, the oldest first. */
  readonly #pending: Pending[] = []
  #windowBytes: number
  #pendingBytes = 0
  /** Number of parts whose question was answered, even if only by a single byte. */
  #answered = 0
  /** Number of parts proven by the questions at the end of a copy. */
  #run = 0
  #takenBytes = 0
  #begun = 0
  /** The last write was cut short. */
  #torn = false
  /** At least one byte of the last part was not written. */
  #missesBytes = false
  #writing = false
  #lastProgress = performance.now()
  #trouble: Trouble | undefined
  /** A trouble that two status answers in a row have reported, so that a person has to mend it. */
  #lasting: Trouble | undefined
  /** The printer has restarted or cleared its buffers. */
  #restarted = false
  /** The confirmations of this connection do not count, because the printer has or may have restarted. */
  #refuted = false
  #wake: () => void = () => {}

  constructor(options: SenderOptions) {
    this.#options = options
    this.#windowBytes = options.windowBytes ?? Math.min(WINDOW_BYTES, this.#mostBytes)
    options.line.session.listen(
      (event) => this.#hear(event),
      () => this.#wake(),
    )
  }

  /** Parts whose process ID came back since the beginning of this connection. */
  get printedIds(): number {
    return this.#options.proof === 'ids' && !this.#refuted ? this.#answered : 0
  }

  /** Number of parts proven by the questions behind a whole copy. */
  get proven(): number {
    return this.#run
  }

  /** At least one byte of the last part was not taken by the system. */
  get missesBytes(): boolean {
    return this.#missesBytes
  }

  /** Parts of which at least one byte may have reached the printer. */
  get begun(): number {
    return this.#begun
  }

  /** Bytes of parts that the system has taken, without the questions that follow the parts. */
  get takenBytes(): number {
    return this.#takenBytes
  }

  get torn(): boolean {
    return this.#torn
  }

  /** Sends a part when the window has room. @throws Stopped */
  async send(part: Part): Promise<void> {
    const { proof, singly } = this.#options
    const { bytes } = part
    await this.#until(() => {
      const isFirst = this.#pending.length === 0
      const fits = !singly && this.#pendingBytes + bytes.length <= this.#windowBytes
      const room = isFirst || fits
      return proof === 'none' || (room && this.#trouble === undefined)
    })
    const { marker, id, query } = this.#marker()
    const body = this.#options.autoStatus ? withAutoStatus(bytes) : bytes
    const sentAt = performance.now()
    this.#pending.push({ id, query, bytes: bytes.length, sentAt, isPart: true, isSeen: false })
    this.#pendingBytes += bytes.length
    await this.#write({ body, marker, partBytes: bytes.length })
    // A finished write is progress: while flow control held the bytes back, the printer had no time to confirm them.
    this.#lastProgress = performance.now()
    if (proof === 'none') this.#pending.length = 0
  }

  /** Waits until everything sent is confirmed. @throws Stopped */
  async settle(): Promise<void> {
    if (this.#options.proof !== 'none') await this.#until(() => this.#pending.length === 0)
  }

  /**
   * Asks for the proof of everything sent on this connection, and for the status. With single bytes, GS r 1 and DLE EOT 1 to 4 are sent in
   * turn, each after the answer to the one before. The proof fails if one is not answered, or if any other byte came on this connection.
   * With blocks, each part has its own answer already. One more question follows the status, because a surplus answer would arrive before
   * that question's answer.
   * @throws Stopped
   */
  async prove(): Promise<void> {
    const { line, answerMs, signal, proof } = this.#options
    const { session } = line
    if (proof === 'bytes') {
      const isWhole = await session.askStatusBetween(() => this.ask(), answerMs, signal)
      if (isWhole) this.#run = this.#begun
    } else if (proof === 'blocks') {
      const before = session.strays
      await session.askStatus(answerMs, signal)
      await this.ask()
      if (session.strays > before) session.doubtStatus()
      this.#run = this.#begun
    }
  }

  /**
   * Asks the question that follows each part once more, without a part before it, and waits for its answer.
   * @throws Stopped
   */
  async ask(): Promise<void> {
    const { marker, id, query } = this.#marker()
    const sentAt = performance.now()
    this.#pending.push({ id, query, bytes: 0, sentAt, isPart: false, isSeen: false })
    await this.#write({ body: new Uint8Array(0), marker })
    this.#lastProgress = performance.now()
    await this.settle()
  }

  /** Waits for late confirmations, as long as each comes within `quietMs` of the one before. */
  async collectLate(quietMs: number): Promise<void> {
    for (;;) {
      const before = this.#answered
      if (this.#pending.length === 0 || this.#options.line.session.ended) return
      await this.#changed(quietMs)
      if (this.#answered === before) return
    }
  }

  /** Takes over the unconfirmed parts of another sender, so that late answers count. Whether the printer restarted is asked separately. */
  adopt(other: Sender): void {
    this.#pending.push(...other.#pending.map((part) => ({ ...part, isSeen: true })))
    this.#pendingBytes = other.#pendingBytes
  }

  /** Discards all confirmations of this connection, because the printer has or may have restarted. */
  refute(): void {
    this.#refuted = true
  }

  /** Waits for `ms` milliseconds, and watches the printer and the caller's signal meanwhile. @throws Stopped */
  async idle(ms: number): Promise<void> {
    const until = performance.now() + ms
    await this.#until(() => performance.now() >= until, until)
  }

  /** `partBytes`: size of the part. Undefined if only a question is sent. */
  async #write({
    body,
    marker,
    partBytes,
  }: {
    readonly body: Uint8Array
    readonly marker: Uint8Array
    readonly partBytes?: number
  }): Promise<void> {
    const { line, signal, waitsForPeople } = this.#options
    // A stopped printer takes no more bytes once its buffer is full, so a write lasts until a person has mended it.
    const limits = waitsForPeople ? { signal, timeoutMs: NO_LIMIT_MS } : { signal }
    this.#writing = true
    const all = body.length + marker.length > 65_536 ? [body, marker] : [joinBytes([body, marker])]
    for (const piece of all) {
      const { taken, error } = await line.session.write(piece, limits)
      if (piece === all[0] && partBytes !== undefined) {
        this.#takenBytes += Math.min(taken, partBytes)
        if (taken > 0 || error === undefined) this.#begun++
        this.#missesBytes = taken < body.length
      }
      if (error === undefined) continue
      this.#torn = taken > 0
      this.#writing = false
      throw this.#stopOf(error)
    }
    this.#writing = false
  }

  #marker(): Pick<Pending, 'id' | 'query'> & { readonly marker: Uint8Array } {
    const { proof, nextId, line, witnessed } = this.#options
    if (proof === 'ids') {
      const id = nextId()
      if (!witnessed) return { marker: processIdRequest(id), id, query: undefined }
      line.session.expectTexts(1)
      return { marker: joinBytes([RUN_WITNESS, processIdRequest(id)]), id, query: undefined }
    }
    if (proof === 'blocks') {
      line.session.expectTexts(1)
      return { marker: witnessed ? RUN_WITNESS : ASK_MODEL, id: undefined, query: undefined }
    }
    if (proof === 'bytes') {
      return { marker: FENCE_BYTES, id: undefined, query: line.session.expectFence() }
    }
    return { marker: new Uint8Array(0), id: undefined, query: undefined }
  }

  #hear(event: StatusEvent): void {
    if (event.kind === 'block') {
      this.#hearBlock(readBlock(event.header, event.payload))
    } else if (event.kind === 'single' && event.query !== undefined) {
      this.#confirm(this.#pending.findIndex(({ query }) => query === event.query) + 1)
    } else if (event.kind === 'asb') {
      this.#see(troubleOf(this.#options.line.session.status))
    }
  }

  #hearBlock(answer: BlockAnswer): void {
    if (answer.kind === 'information') {
      this.#hearModel(answer.text)
    } else if (answer.kind === 'processId') {
      // A process ID confirms all parts before it too, because the printer may leave out earlier answers.
      const count = this.#pending.findIndex(({ id }) => id === answer.id) + 1
      const isProven =
        !this.#options.witnessed || this.#pending.slice(0, count).every(({ isSeen }) => isSeen)
      if (count > 0 && isProven) this.#confirm(count)
      else if (count > 0) this.#restarted = true
    } else if (answer.kind === 'powerOff' || answer.kind === 'buffersCleared') {
      this.#restarted = true
    }
    if (this.#restarted) this.#wake()
  }

  #hearModel(text: string): void {
    const { proof, model } = this.#options
    if (text !== model) return
    const next = this.#pending.find(({ isSeen }) => !isSeen)
    if (proof === 'blocks') this.#confirm(Math.min(1, this.#pending.length))
    else if (next !== undefined) next.isSeen = true
  }

  #confirm(count: number): void {
    if (count === 0) return
    for (const { bytes, sentAt, isPart } of this.#pending.splice(0, count)) {
      if (isPart) this.#answered++
      this.#pendingBytes -= bytes
      this.#adapt(performance.now() - sentAt)
    }
    this.#lastProgress = performance.now()
    this.#options.onConfirmed()
    this.#wake()
  }

  /** Adapts the window, so that no more than about a quarter of a second of printing is unconfirmed. */
  #adapt(latencyMs: number): void {
    if (this.#options.windowBytes !== undefined) return
    if (latencyMs < QUICK_MS) {
      this.#windowBytes = Math.min(this.#windowBytes * 2, this.#mostBytes)
    } else if (latencyMs > SLOW_MS) {
      this.#windowBytes = Math.max(this.#windowBytes / 2, Math.min(WINDOW_BYTES, this.#mostBytes))
    }
  }

  get #mostBytes(): number {
    return Math.min(WIDEST_WINDOW_BYTES, this.#options.bufferBytes ?? WIDEST_WINDOW_BYTES)
  }

  #see(trouble: Trouble | undefined): void {
    if (trouble === this.#trouble) return
    const { onPause } = this.#options
    this.#trouble = trouble
    if (trouble === undefined) this.#lasting = undefined
    this.#lastProgress = performance.now()
    onPause(trouble)
    this.#wake()
  }

  /** Waits until the condition holds, and asks for the printer's status every `POLL_MS`. @throws Stopped */
  async #until(condition: () => boolean, wakeAt = Number.POSITIVE_INFINITY): Promise<void> {
    let nextPoll = performance.now() + POLL_MS
    for (;;) {
      const stop = this.#stop()
      if (stop !== undefined) throw stop
      if (condition()) return
      const now = performance.now()
      if (now >= nextPoll && this.#options.proof !== 'none') {
        await this.#poll()
        nextPoll = performance.now() + POLL_MS
      } else {
        await this.#changed(Math.max(Math.min(nextPoll, wakeAt) - now, 1))
      }
    }
  }

  async #poll(): Promise<void> {
    const { line, answerMs, signal } = this.#options
    if (this.#writing) return
    // The wait goes on even if the job is confirmed meanwhile, because an answer still owed would disturb the last questions.
    const status = await line.session.askStatus(answerMs, signal)
    if (!status.answered) return
    const trouble = troubleOf(status)
    const isLasting = trouble !== undefined && trouble === this.#trouble && trouble !== 'overheated'
    this.#see(trouble)
    if (isLasting) this.#lasting = trouble
  }

  #stop(): Stopped | undefined {
    const { signal, stopReason, line, waitsForPeople, patienceMs, proof } = this.#options
    if (signal.aborted) return new Stopped(stopReason(), signal.reason)
    if (line.session.ended) return new Stopped('connection-lost', line.session.failure)
    if (this.#restarted) return new Stopped('restarted')
    if (this.#lasting !== undefined && !waitsForPeople) return new Stopped(this.#lasting)
    const waits = this.#pending.length > 0 && this.#trouble === undefined && proof !== 'none'
    const quietMs = performance.now() - this.#lastProgress
    if (waits && quietMs > patienceMs(this.#pendingBytes)) return new Stopped('not-confirmed')
    return undefined
  }

  #stopOf(cause: unknown): Stopped {
    const { signal, stopReason, line } = this.#options
    if (signal.aborted) return new Stopped(stopReason(), cause)
    const said = troubleOf(line.session.status)
    if (said !== undefined) return new Stopped(said, cause)
    const stalled = cause instanceof TransportError && cause.code === 'WRITE_TIMEOUT'
    return new Stopped(stalled ? 'write-timeout' : 'connection-lost', cause)
  }

  /** Resolves when the printer has answered, the connection has ended, the signal has aborted, or `ms` have passed. */
  #changed(ms: number): Promise<void> {
    const { signal, line } = this.#options
    if (signal.aborted || line.session.ended) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#wake = () => {}
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal.addEventListener('abort', end, { once: true })
      this.#wake = end
    })
  }
}

function withAutoStatus(bytes: Uint8Array): Uint8Array {
  const starts = bytes[0] === 0x1b && bytes[1] === 0x40
  return starts ? joinBytes([bytes.subarray(0, 2), AUTO_STATUS_ON, bytes.subarray(2)]) : bytes
}
