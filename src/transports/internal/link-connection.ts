/** The rules of a Connection, written once for every transport: one write at a time, deadlines, the count of bytes taken, the end. */

import { TransportError, type TransportPhase } from '../../model/errors.js'
import type { Connection, WaitOptions } from '../types.js'
import { abortedError, explainFailure } from './failures.js'
import { type Guard, startGuard } from './guard.js'
import { createInbox } from './inbox.js'

/** The primitive operations that each transport implements. */
export interface Link {
  /**
   * Gives one piece to the operating system and resolves when the system has taken it. It is never called before the piece before is
   * taken. The caller waits for at most `limitMs`.
   */
  send(piece: Uint8Array, limitMs: number): Promise<void>
  /** Delivers the remaining bytes, and resolves when the far side has closed its end. */
  finish(): Promise<void>
  /** Ends at once. May be called more than once. */
  destroy(): void
}

/** The events of a link. */
export interface LinkEvents {
  received(data: Uint8Array): void
  /** Reports that bytes went out while `send` or `finish` still waits. */
  progress(): void
  /** Reports that the link ended unasked: with an error, or with `undefined` if the far side closed it in order. */
  ended(error: unknown): void
}

export interface LinkOptions {
  readonly uri: string
  /** Most bytes of one `send`. While a write runs, `bytesWritten` may lag behind by one piece. */
  readonly pieceBytes: number
  /** A write fails after so many milliseconds without progress. */
  readonly writeStallMs: number
  /** `close` fails after so many milliseconds without progress. */
  readonly closeStallMs: number
}

/** Closing ends after this long, plus a millisecond for each byte written, even if the device goes on sending. */
const CLOSE_LIMIT_MS = 30_000

/** How long to wait for bytes left over from an earlier connection, which a device sends at once. */
const LEFTOVERS_MS = 50

export class LinkConnection implements Connection {
  readonly #options: LinkOptions
  readonly #link: Link
  readonly #inbox = createInbox()
  #written = 0
  #guard: Guard | undefined
  #writing: Promise<void> | undefined
  #closing: Promise<void> | undefined
  #over = false
  /** Why no further byte can be sent, and whether the caller has been told. */
  #failure: TransportError | undefined
  #told = false
  #onClose: ((error: Error | undefined) => void) | undefined

  constructor(options: LinkOptions, start: (events: LinkEvents) => Link) {
    this.#options = options
    this.#link = start({
      received: (data) => {
        // Received bytes count as progress only while closing, because a device that talks need not be taking our bytes.
        if (this.#closing !== undefined) this.#guard?.progress()
        this.#inbox.push(data)
      },
      progress: () => this.#guard?.progress(),
      ended: (error) => this.#ended(error),
    })
  }

  get bytesWritten(): number {
    return this.#written
  }

  /**
   * Drops the bytes that the device sends in the first 50 ms. A device keeps answers that it could not deliver to an aborted connection,
   * and an old "no paper" would be taken for the answer to the first question on this one.
   */
  async dropLeftovers(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LEFTOVERS_MS))
    this.#inbox.clear()
  }

  async write(data: Uint8Array, options: WaitOptions = {}): Promise<void> {
    if (this.#writing !== undefined) {
      throw this.#error(
        'write',
        'WRITE_IN_PROGRESS',
        'a write is still running',
        'await each write before the next one',
      )
    }
    if (this.#failure !== undefined) {
      this.#told = true
      throw this.#failure
    }
    if (this.#closing !== undefined || this.#over) throw this.#closedError('write')
    this.#writing = this.#sendAll(data, options)
    try {
      await this.#writing
    } catch (error) {
      this.#failure ??= explainFailure(error, 'write', this.#options.uri, this.#written)
      this.#told = true
      throw this.#failure
    } finally {
      this.#writing = undefined
    }
  }

  onData(listener: (data: Uint8Array) => void): void {
    this.#inbox.listen(listener)
  }

  onClose(listener: (error: Error | undefined) => void): void {
    if (this.#over) listener(this.#failure)
    else this.#onClose = listener
  }

  close(options: WaitOptions = {}): Promise<void> {
    this.#closing ??= this.#finish(options)
    return this.#closing
  }

  abort(): void {
    this.#guard?.fail(abortedError(this.#options.uri, 'write', this.#written, undefined))
    this.#link.destroy()
    this.#endOnce(undefined)
  }

  async #sendAll(data: Uint8Array, options: WaitOptions): Promise<void> {
    const { pieceBytes, writeStallMs } = this.#options
    const limitMs = options.timeoutMs ?? writeStallMs
    const guard = this.#startGuard('write', writeStallMs, options.timeoutMs, options.signal)
    try {
      for (let offset = 0; offset < data.length; offset += pieceBytes) {
        const piece = data.subarray(offset, offset + pieceBytes)
        await guard.race(Promise.resolve())
        this.#written += piece.length
        await guard.race(this.#link.send(piece, limitMs))
        guard.progress()
      }
      await guard.race(Promise.resolve())
    } finally {
      guard.stop()
      this.#guard = undefined
    }
  }

  async #finish(options: WaitOptions): Promise<void> {
    await this.#untilWritten(options)
    if (this.#over) return this.#settle()
    if (this.#failure !== undefined) {
      this.abort()
      return this.#settle()
    }
    const limitMs = options.timeoutMs ?? CLOSE_LIMIT_MS + this.#written
    const guard = this.#startGuard('close', this.#options.closeStallMs, limitMs, options.signal)
    try {
      await guard.race(this.#link.finish())
      this.#endOnce(undefined)
    } catch (error) {
      this.#failure ??= explainFailure(error, 'close', this.#options.uri, this.#written)
      this.#link.destroy()
      this.#endOnce(this.#failure)
    } finally {
      guard.stop()
      this.#guard = undefined
    }
    this.#settle()
  }

  /** Waits for a write that is under way, within the limits that the caller of `close` gave. */
  async #untilWritten({ timeoutMs, signal }: WaitOptions): Promise<void> {
    const written = this.#writing?.catch(() => {})
    if (written === undefined) return
    const wait = startGuard({
      totalMs: timeoutMs,
      signal,
      timedOut: (afterMs) => this.#timedOut('close', afterMs),
      aborted: (cause) => abortedError(this.#options.uri, 'close', this.#written, cause),
    })
    try {
      await wait.race(written)
    } catch (error) {
      this.#failure ??= explainFailure(error, 'close', this.#options.uri, this.#written)
      this.#guard?.fail(this.#failure)
      this.#link.destroy()
      this.#endOnce(this.#failure)
    } finally {
      wait.stop()
    }
  }

  /** Throws a failure that no write has reported yet, so that it is not lost. */
  #settle(): void {
    if (this.#failure === undefined || this.#told) return
    this.#told = true
    throw this.#failure
  }

  #ended(cause: unknown): void {
    if (this.#over) return
    if (cause !== undefined) {
      const phase = this.#closing !== undefined ? 'close' : this.#writing ? 'write' : 'read'
      this.#failure ??= explainFailure(cause, phase, this.#options.uri, this.#written)
      // The system's resources are released now, because a caller may never close a connection that has failed.
      this.#link.destroy()
    }
    const failure = this.#failure ?? (this.#writing ? this.#closedError('write') : undefined)
    if (failure !== undefined) this.#guard?.fail(failure)
    this.#endOnce(failure)
  }

  #endOnce(error: Error | undefined): void {
    if (this.#over) return
    this.#over = true
    this.#onClose?.(error)
  }

  #startGuard(
    phase: 'write' | 'close',
    stallMs: number,
    totalMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Guard {
    const guard = startGuard({
      // For a write, the caller's deadline replaces the stall limit; closing keeps both.
      stallMs: phase === 'write' && totalMs !== undefined ? undefined : stallMs,
      totalMs,
      signal,
      timedOut: (afterMs) => this.#timedOut(phase, afterMs),
      aborted: (cause) => abortedError(this.#options.uri, phase, this.#written, cause),
    })
    this.#guard = guard
    return guard
  }

  #timedOut(phase: 'write' | 'close', afterMs: number): TransportError {
    return phase === 'write'
      ? this.#error(
          'write',
          'WRITE_TIMEOUT',
          `the printer took no bytes for ${afterMs} ms`,
          'look for an empty roll, an open cover or another host printing; look at the paper before printing again',
        )
      : this.#error(
          'close',
          'CLOSE_TIMEOUT',
          `the printer had not finished after ${afterMs} ms`,
          'it may be slow or stopped: whether the last bytes were printed is not known',
        )
  }

  #closedError(phase: TransportPhase): TransportError {
    return this.#error(
      phase,
      'CONNECTION_CLOSED',
      'the connection has ended',
      'open a new one; some printers end a connection that idles',
    )
  }

  #error(phase: TransportPhase, code: string, says: string, hint: string): TransportError {
    return new TransportError(`${this.#options.uri}: ${says}`, {
      code,
      phase,
      bytesWritten: this.#written,
      hint,
    })
  }
}
