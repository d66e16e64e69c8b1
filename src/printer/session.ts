/** One connection to a printer: questions go out, answers are told apart and reach who asked. */

import {
  type BlockAnswer,
  isPaperAnswer,
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
import { statusOf } from './status.js'
import type { PrinterStatus } from './types.js'

/** Half an answer that has not gone on for so long is dropped. */
const TORN_AFTER_MS = 1000

const FENCE: StatusQuery = { command: 'GS r', n: 1 }
export const FENCE_BYTES = Uint8Array.of(0x1d, 0x72, 0x01)
/** GS a: drawer, online, error and paper. */
export const AUTO_STATUS_ON = Uint8Array.of(0x1d, 0x61, 0x0f)
/**
 * The witness of a restart is a macro that asks GS r 1. A printer keeps it over ESC @ and forgets it when it is off (manuals of
 * Bixolon SRP-332II, NCR 7197, Epson GS : and GS ^), so that running it is answered only where there was no restart.
 */
export const RUN_WITNESS = Uint8Array.of(0x1d, 0x5e, 0x01, 0x00, 0x00)
const DEFINE_WITNESS = Uint8Array.of(0x1d, 0x3a, ...FENCE_BYTES, 0x1d, 0x3a)

/** GS ( H fn 48: the four characters come back when the data before it are printed. */
export function processIdRequest(id: string): Uint8Array {
  const letters = Array.from(id, (letter) => letter.charCodeAt(0))
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...letters)
}

export interface SessionOptions {
  /** XON and XOFF stand between what the printer says. Default false. */
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
  #strays = { realtime: 0, single: 0 }
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

  /** Whether the printer has said anything at all. */
  get heard(): boolean {
    return this.#heard
  }

  /** Bytes that nobody asked for and that may have been taken for the answer of a fence, so far. */
  get strayFences(): number {
    return this.#strays.single
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Why the connection ended, if not by our doing. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** Who hears what the printer says, answers to questions asked here included, and that the connection has ended; one at a time. */
  listen(onEvent?: (event: StatusEvent) => void, onEnd?: () => void): void {
    this.#onEvent = onEvent
    this.#onEnd = onEnd
  }

  /** Who is told that the printer has said something of its state unasked, or that the connection has ended; one at a time. */
  onStatus(listener: (() => void) | undefined): void {
    this.#onStatus = listener
  }

  /** The last that the printer said of itself. */
  get status(): PrinterStatus {
    return statusOf(this.#facts)
  }

  /**
   * Asks DLE EOT 1 to 4, one at a time; if the first stays unanswered no more. Only what is answered now is known, and nothing where an
   * answer came that nobody asked for: which of them was the right one cannot be told.
   */
  async askStatus(timeoutMs: number, signal?: AbortSignal): Promise<PrinterStatus> {
    this.#facts = {}
    const straysBefore = this.#strays.realtime
    for (const n of [1, 2, 3, 4]) {
      const answer = await this.#ask(
        { command: 'DLE EOT', n },
        Uint8Array.of(0x10, 0x04, n),
        timeoutMs,
        signal,
      )
      if (answer === undefined && (n === 1 || !this.#forgetUnanswered())) break
    }
    if (this.#strays.realtime > straysBefore) this.#facts = doubted(this.#facts)
    return this.status
  }

  /** Puts GS r 1 behind what was sent: whether it was answered in time, so that all before it is processed. */
  async fence(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return (await this.#ask({ ...FENCE }, FENCE_BYTES, timeoutMs, signal)) !== undefined
  }

  /** Puts a process ID of four printable characters behind what was sent: whether it came back in time. */
  processId(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return this.#askBlock(processIdRequest(id), timeoutMs, signal, (answer) =>
      isProcessId(answer, id),
    )
  }

  /**
   * Whether the printer returns process IDs: a fence stands behind the question, so that a printer that is still busy with something
   * else is not taken for one that has none. Undefined: neither was answered in time.
   */
  async hasProcessIds(id: string, timeoutMs: number): Promise<boolean | undefined> {
    const settled = new AbortController()
    let found: boolean | undefined
    const settle = (answer: boolean) => {
      found ??= answer
      settled.abort()
    }
    const asked = this.processId(id, timeoutMs, settled.signal).then((yes) => yes && settle(true))
    const fenced = this.fence(timeoutMs, settled.signal).then((yes) => yes && settle(false))
    await Promise.all([asked, fenced])
    return found
  }

  /**
   * Gives the printer a witness of restarts: whether it keeps it. While it is defined its question is answered too, and once more when
   * it is run, both before the process ID behind them; a printer that returns no process IDs (`id` undefined) has its time. Undefined:
   * nothing was answered in time.
   */
  async placeWitness(
    id: string | undefined,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean | undefined> {
    const { found, answers } = await this.#runWitness(DEFINE_WITNESS, 2, id, timeoutMs, signal)
    if (id === undefined) return answers === 0 ? undefined : answers === 2
    return found ? answers === 2 : undefined
  }

  /** Whether the witness is still there, so that the printer has not restarted; undefined: nothing was answered in time. */
  async seeWitness(
    id: string,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<boolean | undefined> {
    const { found, answers } = await this.#runWitness(undefined, 1, id, timeoutMs, signal)
    return found ? answers === 1 : undefined
  }

  async #runWitness(
    before: Uint8Array | undefined,
    expected: number,
    id: string | undefined,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly found: boolean; readonly answers: number }> {
    const queries = Array.from({ length: expected }, () => this.expectFence())
    const marker = id === undefined ? [] : processIdRequest(id)
    let answers = 0
    let found = false
    const answered = this.#wait(timeoutMs, signal, (event) => {
      if (event.kind === 'single' && queries.some((query) => query === event.query)) answers++
      else if (event.kind === 'block' && id !== undefined) {
        found ||= isProcessId(readBlock(event.header, event.payload), id)
      }
      return found || (id === undefined && answers === expected)
    })
    this.#send(Uint8Array.of(...(before ?? []), ...RUN_WITNESS, ...marker), timeoutMs)
    await answered
    for (const query of queries) this.#parser.forget(query)
    return { found, answers }
  }

  /** Asks GS I n for a text (65 to 69); undefined: not answered in time. */
  async information(
    n: number,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    let text: string | undefined
    await this.#askBlock(Uint8Array.of(0x1d, 0x49, n), timeoutMs, signal, (answer) => {
      if (answer.kind === 'information') text = answer.text
      return answer.kind === 'information'
    })
    return text
  }

  /** Notes a fence that goes out with the caller's own bytes; its answer is the event with this query. */
  expectFence(): StatusQuery {
    const query = { ...FENCE }
    this.#parser.expect(query)
    return query
  }

  /** Sends bytes in turn with the questions. `taken` is how many of them the system took, at most. */
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

  /** Tells it to tell of each change by itself (GS a). */
  async enableAutoStatus(timeoutMs: number): Promise<void> {
    await this.#send(AUTO_STATUS_ON, timeoutMs)
  }

  /** Tells a printer that has stopped for an error to go on from the line where it stopped. */
  async recover(timeoutMs: number): Promise<void> {
    await this.#send(Uint8Array.of(0x10, 0x05, 0x01), timeoutMs)
  }

  /** Throws away what the printer has not printed (DLE DC4 fn 8): whether it confirmed that in time. */
  clearBuffers(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    const request = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08)
    return this.#askBlock(request, timeoutMs, signal, ({ kind }) => kind === 'buffersCleared')
  }

  /** A printer that answers some n and not this one will not answer it later: the next answer is for the next question. */
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
    // Answers do not say what they answer: while one is owed, a second question of its kind would confuse them.
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
   * A question that cannot be sent is not answered; why is known to the connection. Whoever gives up waiting for an answer does not
   * take the question back: a write that is given up ends the connection. So behind a job, whose bytes the printer may hold up for
   * long, it waits as long as they do.
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
    if (event.kind === 'realtime' && event.query === undefined) this.#strays.realtime++
    if (event.kind === 'single' && event.query === undefined && isPaperAnswer(event.byte)) {
      this.#strays.single++
    }
    this.#facts = { ...this.#facts, ...factsOf(event) }
    for (const waiter of [...this.#waiters]) if (waiter.takes(event)) waiter.done()
    this.#onEvent?.(event)
    if (event.kind === 'asb') this.#onStatus?.()
  }
}

function isProcessId(answer: BlockAnswer, id: string): boolean {
  return answer.kind === 'processId' && answer.id === id
}

/** Bad news is kept, since it is better believed; of the rest nothing is known. */
function doubted(facts: PrinterFacts): PrinterFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value === true))
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
