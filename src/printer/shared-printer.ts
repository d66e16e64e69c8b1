/** All that this process holds for one printer: whose turn it is, at most one connection, and a lock against other processes. */

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

/** How other processes are kept out. */
type LockOptions = Pick<PrinterOptions, 'lock' | 'lockFolder'>

/** How much of a command a process may have left unsent, at most, if nothing else tells how much. */
export const TORN_BY_CRASH = 65_536
const ID_SPAN = 95 ** 4
const DROP_CLOSE_MS = 1000
/** More than the longest question, and than what a command has before its data. */
const QUESTION_BYTES = 16
const START_OVER_MS = 2000

export class SharedPrinter {
  /** Of `deviceKeyOf`. */
  readonly key: string
  readonly turns = createTurns()
  /** Bytes of a command for which the printer may still wait, at most, since a job ended in the middle of what it sent. */
  tornBytes = 0
  #line: OpenLine | undefined
  #holders = 0
  /** Other processes begin elsewhere: an answer to a question of theirs is not taken for one of ours. */
  #lastId = Math.floor(Math.random() * ID_SPAN)

  constructor(key: string) {
    this.key = key
  }

  /** A process ID that comes again only after 81 million others: four printable characters. */
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

  /** The open connection, or a new one. @throws LockError, TransportError */
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
      // Half a command before its data would take a question for the length of them, and then wait for thousands of bytes.
      if (this.tornBytes > 0) await session.fill(QUESTION_BYTES, START_OVER_MS)
      return this.#line
    } catch (error) {
      await this.unlock(lock)
      throw error
    }
  }

  /**
   * Ends the connection in order, unless somebody watches the printer over it. `partBytes`: of the largest part that may be cut off if
   * it does not end so.
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

  /** A connection is open, and with it other processes are kept out. */
  get isOpen(): boolean {
    return this.#line !== undefined && !this.#line.session.ended
  }

  /** Lets go of a connection over which only questions went. */
  async drop(line: OpenLine): Promise<void> {
    if (line.session.ended) return this.abort(line)
    await this.close(line, { timeoutMs: DROP_CLOSE_MS }).catch(() => {})
  }

  /** Ends the connection at once. */
  async abort(line: OpenLine): Promise<void> {
    line.session.listen()
    if (this.#line === line) this.#line = undefined
    // A question may have been cut in half, and half a question swallows what comes next as well.
    if (line.session.ended) this.tornBytes = Math.max(this.tornBytes, QUESTION_BYTES)
    line.connection.abort()
    await this.unlock(line.lock)
  }

  /** Keeps the connection open between jobs until the answer is called. */
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

  /** Speaks to the printer past the turns, over the connection that is open. Returns false if none is open. */
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
    // A process that has ended may have sent half a command, with or without a journal that says so.
    if (held?.leftByDead !== undefined) {
      this.tornBytes = Math.max(this.tornBytes, held.leftByDead, QUESTION_BYTES)
    }
    return held
  }

  /** Lets other processes in, and tells them of half a command that the printer may have, since this process may end as well. */
  async unlock(lock: FileLock | undefined): Promise<void> {
    const { tornBytes } = this
    await (tornBytes > 0 ? lock?.leave(tornBytes) : lock?.release())
  }
}

const MEMORY = 'memory:'
const sharedPrinters = new Map<string, SharedPrinter>()

/**
 * The printer at an address, shared by the whole process. A transport without an address gets one that it
 * shares with no other.
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
