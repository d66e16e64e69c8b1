/** The receive buffer of a virtual device, and the commands that come out of it. */

import { type Decoded, Decoder } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { ByteQueue } from './byte-queue.js'

export interface Due {
  readonly command: Command
  readonly bytes: Uint8Array
  /** Offset of the command's first byte in all bytes that were received. */
  readonly offset: number
}

/** Bytes that are decoded in one go. */
const STEP_BYTES = 4096

export class DeviceInput {
  /** Number of bytes received in all, without those that were lost. */
  received = 0
  /** Number of bytes that were lost because the buffer was full. */
  lost = 0
  /** Number of bytes that left the buffer for the decoder. */
  decoded = 0
  readonly #capacity: number
  readonly #incoming = new ByteQueue()
  #decoder = new Decoder({ bands: true })
  /** Offset of the decoder's first byte in the received stream; `#decoding` holds its bytes of commands that are not executed. */
  #decoderStart = 0
  readonly #decoding = new ByteQueue()
  /** Commands that are decoded and not executed. */
  #due: Decoded[] = []
  #dueBytes = 0

  /** @param capacity in bytes */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Number of bytes received and not yet executed, without those of half a command, because a printer keeps them elsewhere. */
  get length(): number {
    return this.#incoming.length + this.#dueBytes
  }

  get free(): number {
    return Math.max(0, this.#capacity - this.length)
  }

  /** How full the buffer is, from 0 to 1. */
  get level(): number {
    return this.length / this.#capacity
  }

  append(bytes: Uint8Array): void {
    const fits = bytes.subarray(0, this.free)
    this.lost += bytes.length - fits.length
    this.received += fits.length
    this.#incoming.append(fits)
  }

  /** Takes the next command to execute; undefined if none is complete. @param limit bytes that may go to the decoder */
  next(limit: number): Due | undefined {
    let left = limit
    while (this.#due.length === 0) {
      const step = this.#incoming.take(Math.min(STEP_BYTES, left))
      if (step.length === 0) return undefined
      left -= step.length
      this.decoded += step.length
      this.#decoding.append(step)
      this.#queue(this.#decoder.write(step))
    }
    const next = this.#due.shift()
    if (next === undefined) return undefined
    this.#dueBytes -= next.length
    return {
      command: next.command,
      bytes: this.#decoding.take(next.length),
      offset: this.#decoderStart + next.offset,
    }
  }

  /** Makes a command of a last line that no line feed has ended. */
  finishText(): void {
    if (this.length > 0 || (this.#decoding.first ?? 0) < 0x20) return
    this.#queue(this.#decoder.end())
  }

  /** Drops all bytes that are held, including half a command. */
  clear(): void {
    this.#incoming.clear()
    this.#decoding.clear()
    this.#decoder = new Decoder({ bands: true })
    this.#due = []
    this.#dueBytes = 0
    this.#decoderStart = this.received
  }

  #queue(commands: readonly Decoded[]): void {
    for (const decoded of commands) {
      this.#due.push(decoded)
      this.#dueBytes += decoded.length
    }
  }
}
