/** The state that this process shares for one printer: a queue, at most one connection, and a lock against other processes. */

import type { FileLock } from '../locks/file-lock.js'
import { deviceKeyOf } from '../model/device-key.js'
import type { Connection, Transport, WaitOptions } from '../transports/types.js'
import { Session } from './session.js'
import { createTurns } from './turns.js'
import type { PrinterOptions } from './types.js'

/** One open connection. */
export interface OpenLine {
  readonly connection: Connection
  readonly session: Session
  readonly lock: FileLock | undefined
}

/** The options that say whether and how other processes are kept out. */
type LockOptions = Pick<PrinterOptions, 'lock' | 'lockFolder'>

/** The most bytes of a command that a dead process is taken to have left unsent, if neither journal nor lock tells how many. */
export const TORN_BY_CRASH = 65_536
const ID_SPAN = 95 ** 4
const DROP_CLOSE_MS = 1000
/** Bytes. Longer than any question, and than the header of any command. */
const QUESTION_BYTES = 16
const START_OVER_MS = 2000

export class SharedPrinter {
  /** The key from `deviceKeyOf`, the same for every spelling of the printer's address. */
  readonly key: string
  readonly turns = createTurns()
  /** Upper bound of the bytes for which the printer may still wait, because an earlier job ended in the middle of a command. */
  tornBytes = 0
  #line: OpenLine | undefined
  #holders = 0
  /** Starts at random, so that an answer to another process's question is not taken for an answer to ours. */
  #lastId = Math.floor(Math.random() * ID_SPAN)

  constructor(key: string) {
    this.key = key
  }

  /** Returns the next process ID: four printable characters, repeated only after 81 million others. */
  nextId(): string {
    this.#lastId = (this.#lastId + 1) % ID_SPAN
    let rest = this.#lastId
    let id = ''
    for (let i = 0; i < 4; i++) {
      id = String.fromCharCode(0x20 + (rest % 95)) + id
      rest = Math.floor(rest / 95)
    }
    return id
  }

  /** Returns the open connection, or opens one. @throws LockError, TransportError */
  async open(transport: Transport, options: LockOptions, signal: AbortSignal): Promise<OpenLine> {
    if (this.#line !== undefined) {
      if (!this.#line.session.ended) return this.#line
      await this.abort(this.#line)
    }
    const lock = await this.lock(options, signal)
    try {
      const connection = await transport.open({ signal })
      const session = new Session(connection, { flowControl: transport.xonXoff === true })
      this.#line = { connection, session, lock }
      // If the printer holds half a command header, it would read a question as the length of the data and wait for thousands of bytes.
      if (this.tornBytes > 0) await session.fill(QUESTION_BYTES, START_OVER_MS)
      return this.#line
    } catch (error) {
      await this.unlock(lock)
      throw error
    }
  }

  /**
   * Closes the connection in order, unless a watcher still uses it. `partBytes`: size of the largest part, which may be cut off if closing
   * fails.
   */
  async close(line: OpenLine, wait: WaitOptions, partBytes = 0): Promise<void> {
    line.session.listen()
    if (this.#holders > 0 && !line.session.ended && this.#line === line) return
    if (this.#line === line) this.#line = undefined
    try {
      await line.connection.close(wait)
    } catch (error) {
      this.tornBytes = Math.max(this.tornBytes, partBytes)
      throw error
    } finally {
      await this.unlock(line.lock)
    }
  }

  /** Whether a connection is open, which keeps other processes out as well. */
  get isOpen(): boolean {
    return this.#line !== undefined && !this.#line.session.ended
  }

  /** Closes a connection over which only questions were sent. */
  async drop(line: OpenLine): Promise<void> {
    if (line.session.ended) return this.abort(line)
    await this.close(line, { timeoutMs: DROP_CLOSE_MS }).catch(() => {})
  }

  /** Ends the connection at once. */
  async abort(line: OpenLine): Promise<void> {
    line.session.listen()
    if (this.#line === line) this.#line = undefined
    // A question may have been cut off, and an incomplete question would swallow the next bytes like any other command.
    if (line.session.ended) this.tornBytes = Math.max(this.tornBytes, QUESTION_BYTES)
    line.connection.abort()
    await this.unlock(line.lock)
  }

  /** Keeps the connection open between jobs until the returned function is called. */
  hold(): () => Promise<void> {
    this.#holders++
    let held = true
    return async () => {
      if (!held) return
      held = false
      this.#holders--
      const line = this.#line
      if (this.#holders === 0 && line !== undefined) await this.close(line, { timeoutMs: 2000 })
    }
  }

  /** Runs `speak` at once on the open connection, bypassing the queue. Returns false if no connection is open. */
  async say(speak: (session: Session) => Promise<void>): Promise<boolean> {
    const line = this.#line
    if (line === undefined || line.session.ended) return false
    await speak(line.session)
    return true
  }

  /**
   * Keeps other processes out. Returns undefined if that is not wanted, or if the system has no files to lock with.
   * @throws LockError
   */
  async lock(options: LockOptions, signal: AbortSignal): Promise<FileLock | undefined> {
    const { lock = true, lockFolder } = options
    if (!lock || this.key === MEMORY) return undefined
    const { lockPrinter } = await import('../locks/printer-lock.js')
    const asked = lockFolder === undefined ? { signal } : { signal, lockFolder }
    const held = await lockPrinter(this.key, asked)
    // The process that held the lock has died and may have sent half a command, even if no journal says so.
    if (held?.leftByDead !== undefined) {
      this.tornBytes = Math.max(this.tornBytes, held.leftByDead, QUESTION_BYTES)
    }
    return held
  }

  /** Releases the lock. If the printer may hold half a command, the lock file says so, because this process may end before mending it. */
  async unlock(lock: FileLock | undefined): Promise<void> {
    const { tornBytes } = this
    await (tornBytes > 0 ? lock?.leave(tornBytes) : lock?.release())
  }
}

const MEMORY = 'memory:'
const sharedPrinters = new Map<string, SharedPrinter>()

/**
 * Returns the state of the printer at an address, shared by the whole process. A transport in memory has no address, so each call for one
 * returns a new state.
 */
export function sharedPrinterAt(uri: string): SharedPrinter {
  if (uri === MEMORY) return new SharedPrinter(uri)
  const key = deviceKeyOf(uri)
  let shared = sharedPrinters.get(key)
  if (shared === undefined) {
    shared = new SharedPrinter(key)
    sharedPrinters.set(key, shared)
  }
  return shared
}
