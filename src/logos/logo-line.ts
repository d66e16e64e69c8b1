/** One connection for logos: sends questions about NV graphics, and reads the blocks that answer them. */

import { encodeCommand } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import { askLogoCapacity, askLogoFree, askLogoKeys } from '../encoders/escpos/logo-commands.js'
import { readBlock, type StatusEvent, StatusParser } from '../encoders/escpos/status.js'
import type { Connection } from '../transports/types.js'

const ACK = 0x06
/** Status of a block of keys that is followed by another one. */
const MORE_FOLLOW = 0x41

export class LogoLine {
  readonly #connection: Connection
  readonly #timeoutMs: number
  readonly #parser = new StatusParser()
  readonly #events: StatusEvent[] = []
  #wake: (() => void) | undefined
  #ended = false

  constructor(connection: Connection, timeoutMs: number) {
    this.#connection = connection
    this.#timeoutMs = timeoutMs
    connection.onData((data) => {
      this.#events.push(...this.#parser.write(data))
      this.#wake?.()
    })
    connection.onClose(() => {
      this.#ended = true
      this.#wake?.()
    })
  }

  /** Asks for the keys of the stored logos. Undefined if the printer does not answer. */
  async keys(): Promise<string[] | undefined> {
    const keys: string[] = []
    let request: Uint8Array = encodeCommand(askLogoKeys)
    for (;;) {
      const block = await this.#ask(request, (event) =>
        event.kind === 'block' && event.header === 0x37 && event.payload[0] === 0x72
          ? event.payload
          : undefined,
      )
      if (block === undefined) return undefined
      const text = String.fromCharCode(...block.subarray(2))
      for (let i = 0; i + 1 < text.length; i += 2) keys.push(text.slice(i, i + 2))
      request = Uint8Array.of(ACK)
      if (block[1] !== MORE_FOLLOW) break
    }
    await this.#connection.write(request)
    return keys
  }

  /** Asks for the free bytes or the size of the NV graphics area. Undefined if the printer does not answer. */
  bytes(what: 'nvFree' | 'nvCapacity'): Promise<number | undefined> {
    const request = encodeCommand(what === 'nvFree' ? askLogoFree : askLogoCapacity)
    return this.#ask(request, (event) => {
      if (event.kind !== 'block') return undefined
      const answer = readBlock(event.header, event.payload)
      return answer.kind === what ? answer.bytes : undefined
    })
  }

  /**
   * Sends a command that writes NV memory, and waits until the printer has carried it out, because the printer must not receive other
   * bytes meanwhile. Returns false if the printer does not answer in time.
   */
  async write(command: Command): Promise<boolean> {
    await this.#connection.write(encodeCommand(command))
    const fence = { command: 'GS r', n: 1 } as const
    this.#parser.expect(fence)
    const answer = await this.#ask(Uint8Array.of(0x1d, 0x72, 0x01), (event) =>
      event.kind === 'single' && event.query === fence ? event.byte : undefined,
    )
    return answer !== undefined
  }

  async #ask<T>(
    request: Uint8Array,
    answerIn: (event: StatusEvent) => T | undefined,
  ): Promise<T | undefined> {
    await this.#connection.write(request)
    const until = Date.now() + this.#timeoutMs
    for (;;) {
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
        const answer = answerIn(event)
        if (answer !== undefined) return answer
      }
      const left = until - Date.now()
      if (this.#ended || left <= 0) return undefined
      await this.#heard(left)
    }
  }

  #heard(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, timeoutMs)
      function done() {
        clearTimeout(timer)
        resolve()
      }
      this.#wake = done
    })
  }
}
