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
  #sending: Promise<void> = Promise.resolve()
  #idle: ReturnType<typeof setTimeout> | undefined
  #ended = false

  constructor(connection: Connection) {
    this.#connection = connection
    connection.onData((data) => this.#hear(data))
    connection.onClose(() => {
      this.#ended = true
      clearTimeout(this.#idle)
      for (const waiter of [...this.#waiters]) waiter.done()
    })
  }

  /** Whether the printer has said anything at all. */
  get heard(): boolean {
    return this.#heard
  }

  get ended(): boolean {
    return this.#ended
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
    const query: StatusQuery = { command: 'GS r', n: 1 }
    return (
      (await this.#ask(query, Uint8Array.of(0x1d, 0x72, 0x01), timeoutMs, signal)) !== undefined
    )
  }

  /** Puts a process ID of four printable characters behind what was sent: whether it came back in time. */
  processId(id: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    const letters = Array.from(id, (letter) => letter.charCodeAt(0))
    const request = Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...letters)
    return this.#askBlock(request, timeoutMs, signal, (answer) => {
      return answer.kind === 'processId' && answer.id === id
    })
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
    await this.#send(request, timeoutMs, signal)
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
    await this.#send(request, timeoutMs, signal)
    await answered
    return found
  }

  /** A question that cannot be sent is not answered; why is known to the connection. */
  async #send(
    request: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const options: WaitOptions = { timeoutMs, signal }
    const turn = this.#sending.then(() => this.#connection.write(request, options))
    this.#sending = turn.catch(() => {})
    await this.#sending
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
