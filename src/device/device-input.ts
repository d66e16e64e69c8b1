/** The receive buffer of a virtual device, and the commands that come out of it. */

import { type Decoded, Decoder } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { ByteQueue } from './byte-queue.js'

export interface Due {
  readonly command: Command
  readonly bytes: Uint8Array
  /** Of its first byte in all that was received. */
  readonly offset: number
}

/** Bytes that are decoded in one go. */
const STEP_BYTES = 4096

export class DeviceInput {
  /** In all. */
  received = 0
  /** Bytes that came when the buffer was full. */
  lost = 0
  /** Bytes that left the buffer for the decoder. */
  decoded = 0
  readonly #capacity: number
  readonly #incoming = new ByteQueue()
  #decoder = new Decoder({ bands: true })
  /** Offset in the received stream of the decoder's first byte, and what it has taken but not given back in commands. */
  #decoderStart = 0
  readonly #decoding = new ByteQueue()
  /** Decoded and not executed. */
  #due: Decoded[] = []
  #dueBytes = 0

  /** @param capacity in bytes */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Bytes received and not yet executed; those of half a command do not count, as a printer keeps them elsewhere. */
  get length(): number {
    return this.#incoming.length + this.#dueBytes
  }

  get free(): number {
    return Math.max(0, this.#capacity - this.length)
  }

  /** How full it is, from 0 to 1. */
  get level(): number {
    return this.length / this.#capacity
  }

  append(bytes: Uint8Array): void {
    const fits = bytes.subarray(0, this.free)
    this.lost += bytes.length - fits.length
    this.received += fits.length
    this.#incoming.append(fits)
  }

  /** The next command to execute. @param limit bytes that may go to the decoder */
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

  /** A last line that no line feed has ended becomes a command. */
  finishText(): void {
    if (this.length > 0 || (this.#decoding.first ?? 0) < 0x20) return
    this.#queue(this.#decoder.end())
  }

  /** All that it holds is gone, half a command too. */
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
