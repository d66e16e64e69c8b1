/**
 * One connection to a printer: sends questions, tells the answers apart and hands each to its caller.
 *
 * It is long because an answer does not name its question: all questions open at that moment decide which one it answers.
 */

import {
  type BlockAnswer,
  readBlock,
  type StatusEvent,
  StatusParser,
  type StatusQuery,
} from '../encoders/escpos/status.js'
import {
  factsOfAsb,
  factsOfRealtimeStatus,
  factsOfRequestedStatus,
  type PrinterFacts,
} from '../encoders/escpos/status-facts.js'
import type { Connection, WaitOptions } from '../transports/types.js'
import { type PrinterStatus, statusOf } from './status.js'

/** An incomplete answer is dropped if no further byte comes for so long. */
const TORN_AFTER_MS = 1000

const KEPT_BYTES = 8
const REALTIME_QUESTIONS = [1, 2, 3, 4]
const FENCE: StatusQuery = { command: 'GS r', n: 1 }
export const FENCE_BYTES = Uint8Array.of(0x1d, 0x72, 0x01)
/** GS a: drawer, online, error and paper. */
export const AUTO_STATUS_ON = Uint8Array.of(0x1d, 0x61, 0x0f)
/** GS ( H fn 48: the four characters come back when the data before it are printed. */
export function processIdRequest(id: string): Uint8Array {
  const letters = Array.from(id, (letter) => letter.charCodeAt(0))
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...letters)
}

export interface SessionOptions {
  /** The link sends XON and XOFF between the printer's answers. Default false. */
  readonly flowControl?: boolean
}

interface Waiter {
  takes(event: StatusEvent): boolean
  done(): void
}

export class Session {
  readonly #connection: Connection
  readonly #parser: StatusParser
  readonly #waiters = new Set<Waiter>()
  #facts: PrinterFacts = {}
  #heard = false
  #firstBytes: readonly number[] = []
  #strays = 0
  #strayRealtime = 0
  /** Number of texts (GS I 65 to 69) that were asked for and have not come. */
  #textsOwed = 0
  /** Whether a question was sent that is answered by a block, such as a process ID or a clear. */
  #asksBlocks = false
  #carriesJob = false
  #onEvent: ((event: StatusEvent) => void) | undefined
  #onStatus: (() => void) | undefined
  #onEnd: (() => void) | undefined
  #sending: Promise<void> = Promise.resolve()
  #idle: ReturnType<typeof setTimeout> | undefined
  #ended = false
  #failure: Error | undefined

  constructor(connection: Connection, { flowControl = false }: SessionOptions = {}) {
    this.#connection = connection
    this.#parser = new StatusParser({ flowControl })
    connection.onData((data) => this.#hear(data))
    connection.onClose((error) => {
      this.#ended = true
      this.#failure = error
      clearTimeout(this.#idle)
      for (const waiter of [...this.#waiters]) waiter.done()
      this.#onStatus?.()
      this.#onEnd?.()
    })
  }

  /** Whether the printer has sent anything on this connection. */
  get heard(): boolean {
    return this.#heard
  }

  /**
   * Number of events so far that answer no question: noise, surplus answers, and incomplete answers. An automatic status
   * is four bytes that belong together and may come unasked, so it does not count.
   */
  get strays(): number {
    return this.#strays
  }

  /** Number of texts that were asked for and have not come. Ask for no other text meanwhile: the answers could not be told apart. */
  get textsOwed(): number {
    return this.#textsOwed
  }

  /** The first bytes that the printer sent on this connection, 8 at most. */
  get firstBytes(): readonly number[] {
    return this.#firstBytes
  }

  get ended(): boolean {
    return this.#ended
  }

  /** The error that ended the connection. Undefined if we ended it ourselves. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /**
   * Sets the callbacks for each event from the printer, answers to our own questions included, and for the end of the connection. They
   * replace the earlier ones.
   */
  listen(onEvent?: (event: StatusEvent) => void, onEnd?: () => void): void {
    this.#onEvent = onEvent
    this.#onEnd = onEnd
  }

  /**
   * Sets the callback for a status that came unasked and for the end of the connection. It replaces the earlier one.
   */
  onStatus(listener: (() => void) | undefined): void {
    this.#onStatus = listener
  }

  /** The last status that the printer reported. */
  get status(): PrinterStatus {
    return statusOf(this.#facts)
  }

  /**
   * Asks DLE EOT 1 to 4, one at a time, and stops after the first if it stays unanswered. The result holds only
   * facts that were answered now. An answer that we did not ask for discards them all, because we cannot tell which
   * answer was the right one.
   */
  async askStatus(timeoutMs: number, signal?: AbortSignal): Promise<PrinterStatus> {
    this.#facts = {}
    const straysBefore = this.#strayRealtime
    for (const n of REALTIME_QUESTIONS) {
      const answer = await this.#askRealtime(n, timeoutMs, signal)
      if (answer === undefined && (n === 1 || !this.#forgetUnanswered())) break
    }
    if (this.#strayRealtime > straysBefore) this.doubtStatus()
    return this.status
  }

  /**
   * Asks for the status like `askStatus`, and calls `fence` before each question and after the last. Returns whether each was answered.
   */
  async askStatusBetween(
    fence: () => Promise<void>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean> {
    this.#facts = {}
    let isWhole = true
    for (const n of REALTIME_QUESTIONS) {
      await fence()
      const answer = await this.#askRealtime(n, timeoutMs, signal)
      isWhole &&= answer !== undefined
      if (answer === undefined && !this.#forgetUnanswered()) break
    }
    await fence()
    return isWhole && this.#parser.outstanding.length === 0
  }

  /** Forgets every fact except bad news, which is safer to believe. */
  doubtStatus(): void {
    const kept = Object.entries(this.#facts).filter(([, value]) => value === true)
    this.#facts = Object.fromEntries(kept)
  }

  #askRealtime(n: number, timeoutMs: number, signal?: AbortSignal): Promise<number | undefined> {
    const request = Uint8Array.of(0x10, 0x04, n)
    return this.#ask({ command: 'DLE EOT', n }, request, timeoutMs, signal)
  }

  /** Sends GS r 1. Returns true if it was answered in time, which shows that the bytes before it were processed. */
  async fence(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return (await this.#ask({ ...FENCE }, FENCE_BYTES, timeoutMs, signal)) !== undefined
  }

  /** Sends a request for a process ID of four printable characters. Returns whether it came back in time. */
  processId(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return this.#askBlock(processIdRequest(id), timeoutMs, signal, (answer) =>
      isProcessId(answer, id),
    )
  }

  /** Asks GS I n for a text (65 to 69). Returns undefined if it is not answered in time. */
  async information(
    n: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    let text: string | undefined
    this.expectTexts(1)
    await this.#askBlock(Uint8Array.of(0x1d, 0x49, n), timeoutMs, signal, (answer) => {
      if (answer.kind === 'information') text = answer.text
      return answer.kind === 'information'
    })
    return text
  }

  /** Notes that the caller sends a fence with its own bytes. The answer comes as an event with the returned query. */
  expectFence(): StatusQuery {
    const query = { ...FENCE }
    this.#parser.expect(query)
    return query
  }

  /** Notes that the caller sends `count` questions for texts (GS I 65 to 69) with its own bytes. */
  expectTexts(count: number): void {
    this.#textsOwed += count
  }

  /** Gives up on the texts that are owed: a later question has been answered, so they will not come. */
  settleTexts(): void {
    this.#textsOwed = 0
  }

  /** Sends a question, and passes each event to `takes` until that returns true, or the time is up. */
  async ask(
    request: Uint8Array,
    {
      timeoutMs,
      signal,
    }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
    takes: (event: StatusEvent) => boolean,
  ): Promise<void> {
    const answered = this.#wait(timeoutMs, signal, takes)
    this.#send(request, timeoutMs)
    await answered
  }

  /** Sends bytes in order with the questions. `taken` is an upper bound of how many of them the system took. */
  write(bytes: Uint8Array, wait: WaitOptions): Promise<{ taken: number; error?: unknown }> {
    return this.#inTurn(async () => {
      const before = this.#connection.bytesWritten
      this.#carriesJob = true
      try {
        await this.#connection.write(bytes, wait)
        return { taken: bytes.length }
      } catch (error) {
        const taken = Math.min(bytes.length, this.#connection.bytesWritten - before)
        return { taken, error }
      }
    })
  }

  /** Sends NULs, which print nothing, to complete half a command that the printer may hold. */
  async fill(count: number, timeoutMs: number): Promise<void> {
    await this.#send(new Uint8Array(count), timeoutMs)
  }

  /** Tells the printer to report each change unasked (GS a). */
  async enableAutoStatus(timeoutMs: number): Promise<void> {
    await this.#send(AUTO_STATUS_ON, timeoutMs)
  }

  /** Tells a printer that has stopped for an error to go on from the line where it stopped. */
  async recover(timeoutMs: number): Promise<void> {
    await this.#send(Uint8Array.of(0x10, 0x05, 0x01), timeoutMs)
  }

  /** Clears what the printer has not printed yet (DLE DC4 fn 8). Returns whether it confirmed that in time. */
  clearBuffers(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    const request = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08)
    return this.#askBlock(request, timeoutMs, signal, ({ kind }) => kind === 'buffersCleared')
  }

  /** Forgets an unanswered DLE EOT n: a printer that answers other n will not answer this one late. Returns whether that was safe. */
  #forgetUnanswered(): boolean {
    const others = this.#parser.outstanding.some(({ command }) => command !== 'DLE EOT')
    if (!others) this.#parser.reset()
    return !others
  }

  async #ask(
    query: StatusQuery,
    request: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<number | undefined> {
    // An answer does not name its question, so no second question of a kind is asked while an answer of that kind is owed.
    const owed = this.#parser.outstanding.some(({ command }) => command === query.command)
    if (owed) return undefined
    let byte: number | undefined
    const answered = this.#wait(timeoutMs, signal, (event) => {
      if (event.kind !== 'realtime' && event.kind !== 'single') return false
      if (event.query !== query) return false
      byte = event.byte
      return true
    })
    this.#parser.expect(query)
    this.#send(request, timeoutMs)
    await answered
    return byte
  }

  async #askBlock(
    request: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    isAnswer: (answer: BlockAnswer) => boolean,
  ): Promise<boolean> {
    let found = false
    this.#asksBlocks = true
    const answered = this.#wait(timeoutMs, signal, (event) => {
      if (event.kind !== 'block') return false
      found ||= isAnswer(readBlock(event.header, event.payload))
      return found
    })
    this.#send(request, timeoutMs)
    await answered
    return found
  }

  /**
   * Sends a question. If the write fails, the question stays unanswered, and `failure` holds the reason. If the caller gives up waiting,
   * the write goes on, because to cancel a write ends the connection. So a question behind a job waits as long as the job's bytes do,
   * which the printer may hold up for long.
   */
  #send(request: Uint8Array, timeoutMs: number): Promise<void> {
    return this.#inTurn(() =>
      this.#connection.write(request, this.#carriesJob ? {} : { timeoutMs }),
    ).catch(() => {})
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#sending.then(task)
    this.#sending = turn.then(
      () => {},
      () => {},
    )
    return turn
  }

  #wait(
    timeoutMs: number,
    signal: AbortSignal | undefined,
    takes: (event: StatusEvent) => boolean,
  ): Promise<void> {
    if (this.#ended || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter: Waiter = {
        takes,
        done: () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', waiter.done)
          this.#waiters.delete(waiter)
          resolve()
        },
      }
      const timer = setTimeout(waiter.done, timeoutMs)
      signal?.addEventListener('abort', waiter.done, { once: true })
      this.#waiters.add(waiter)
    })
  }

  #hear(data: Uint8Array): void {
    clearTimeout(this.#idle)
    if (this.#firstBytes.length < KEPT_BYTES) {
      this.#firstBytes = [...this.#firstBytes, ...data.subarray(0, KEPT_BYTES)].slice(0, KEPT_BYTES)
    }
    for (const event of this.#parser.write(data)) this.#tell(event)
    if (!this.#ended) {
      this.#idle = setTimeout(() => {
        for (const event of this.#parser.idle()) this.#tell(event)
      }, TORN_AFTER_MS)
      this.#idle.unref?.()
    }
  }

  #tell(event: StatusEvent): void {
    if (event.kind !== 'noise' && event.kind !== 'flow') this.#heard = true
    if (event.kind === 'realtime' && event.query === undefined) this.#strayRealtime++
    if (this.#isStray(event)) this.#strays++
    this.#facts = { ...this.#facts, ...factsOf(event) }
    for (const waiter of [...this.#waiters]) if (waiter.takes(event)) waiter.done()
    this.#onEvent?.(event)
    if (event.kind === 'asb') this.#onStatus?.()
  }

  #isStray(event: StatusEvent): boolean {
    switch (event.kind) {
      case 'asb':
      case 'flow':
        return false
      case 'realtime':
      case 'single':
        return event.query === undefined
      case 'block': {
        if (!isInformation(event)) return !this.#asksBlocks
        if (this.#textsOwed === 0) return true
        this.#textsOwed--
        return false
      }
      case 'torn':
      case 'unknownHeader':
      case 'noise':
        return true
    }
  }
}

function isInformation(event: StatusEvent): boolean {
  return event.kind === 'block' && readBlock(event.header, event.payload).kind === 'information'
}

function isProcessId(answer: BlockAnswer, id: string): boolean {
  return answer.kind === 'processId' && answer.id === id
}

function factsOf(event: StatusEvent): PrinterFacts {
  if (event.kind === 'asb') return factsOfAsb(event.bytes)
  if (event.kind === 'realtime' && event.query !== undefined) {
    return factsOfRealtimeStatus(event.query.n, event.byte)
  }
  if (event.kind === 'single' && event.query?.command === 'GS r') {
    return factsOfRequestedStatus(event.query.n, event.byte)
  }
  return {}
}
