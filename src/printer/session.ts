/** One connection to a printer: questions go out, answers are told apart and reach who asked. */

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
import { statusOf } from './status.js'
import type { PrinterStatus } from './types.js'

/** Half an answer that has not gone on for so long is dropped. */
const TORN_AFTER_MS = 1000

const FENCE: StatusQuery = { command: 'GS r', n: 1 }
export const FENCE_BYTES = Uint8Array.of(0x1d, 0x72, 0x01)
/** GS a: drawer, online, error and paper. */
export const AUTO_STATUS_ON = Uint8Array.of(0x1d, 0x61, 0x0f)

/** GS ( H fn 48: the four characters come back when the data before it are printed. */
export function processIdRequest(id: string): Uint8Array {
  const letters = Array.from(id, (letter) => letter.charCodeAt(0))
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...letters)
}

interface Waiter {
  takes(event: StatusEvent): boolean
  done(): void
}

export class Session {
  readonly #connection: Connection
  readonly #parser = new StatusParser()
  readonly #waiters = new Set<Waiter>()
  #facts: PrinterFacts = {}
  #heard = false
  #onEvent: ((event: StatusEvent) => void) | undefined
  #onStatus: (() => void) | undefined
  #onEnd: (() => void) | undefined
  #sending: Promise<void> = Promise.resolve()
  #idle: ReturnType<typeof setTimeout> | undefined
  #ended = false
  #failure: Error | undefined

  constructor(connection: Connection) {
    this.#connection = connection
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

  /** Asks DLE EOT 1 to 4, one at a time; if the first stays unanswered no more. Only what is answered now is known. */
  async askStatus(timeoutMs: number, signal?: AbortSignal): Promise<PrinterStatus> {
    this.#facts = {}
    for (const n of [1, 2, 3, 4]) {
      const answer = await this.#ask(
        { command: 'DLE EOT', n },
        Uint8Array.of(0x10, 0x04, n),
        timeoutMs,
        signal,
      )
      if (answer === undefined && (n === 1 || !this.#forgetUnanswered())) break
    }
    return this.status
  }

  /** Puts GS r 1 behind what was sent: whether it was answered in time, so that all before it is processed. */
  async fence(timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return (await this.#ask({ ...FENCE }, FENCE_BYTES, timeoutMs, signal)) !== undefined
  }

  /** Puts a process ID of four printable characters behind what was sent: whether it came back in time. */
  processId(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    return this.#askBlock(processIdRequest(id), timeoutMs, signal, (answer) => {
      return answer.kind === 'processId' && answer.id === id
    })
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
    await this.#send(request, timeoutMs)
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
    await this.#send(request, timeoutMs)
    await answered
    return found
  }

  /** A question that cannot be sent is not answered; why is known to the connection. */
  async #send(request: Uint8Array, timeoutMs: number): Promise<void> {
    // Whoever gives up waiting for an answer does not take the question back: a write that is given up ends the connection.
    await this.#inTurn(() => this.#connection.write(request, { timeoutMs })).catch(() => {})
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
    this.#facts = { ...this.#facts, ...factsOf(event) }
    for (const waiter of [...this.#waiters]) if (waiter.takes(event)) waiter.done()
    this.#onEvent?.(event)
    if (event.kind === 'asb') this.#onStatus?.()
  }
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
