/** The NV graphics of the virtual device: what it stores, and what it answers about it. */

import type { Command } from '../encoders/escpos/commands/index.js'

/** Keys in one block of the list (Citizen's manuals: 40). */
const keysPerBlock = 40
const lastBlock = 0x40
const moreFollow = 0x41
const ack = 0x06
const bookkeepingBytes = 16

export class DeviceLogos {
  readonly #capacityBytes: number
  /** Bytes by key. */
  readonly #sizes = new Map<string, number>()
  /** Blocks of the key list that the host has not acknowledged. */
  #blocks: Uint8Array[] = []
  writes = 0

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes
  }

  get keys(): readonly string[] {
    return [...this.#sizes.keys()]
  }

  /** What the device answers to the command, if anything. */
  obey(command: Command): Uint8Array | undefined {
    switch (command.kind) {
      case 'graphicsNvDefineRaster':
      case 'graphicsNvDefineRasterLong':
      case 'graphicsNvDefineColumn':
      case 'graphicsNvDefineColumnLong':
        this.#store(keyOf(command), command.data.length + bookkeepingBytes)
        return undefined
      case 'graphicsNvDelete':
        if (this.#sizes.delete(keyOf(command))) this.writes++
        return undefined
      case 'graphicsNvDeleteAll':
        this.#sizes.clear()
        this.writes++
        return undefined
      case 'graphicsNvCapacity':
        return block(0x30, String(this.#capacityBytes))
      case 'graphicsNvFree':
        return block(0x31, String(this.#free()))
      case 'graphicsNvKeys':
        this.#blocks = keyBlocks(this.keys)
        return this.#blocks[0]
      case 'unknown':
        if (this.#blocks.length === 0 || command.bytes[0] !== ack) return undefined
        this.#blocks.shift()
        return this.#blocks[0]
      default:
        return undefined
    }
  }

  #free(): number {
    let free = this.#capacityBytes
    for (const size of this.#sizes.values()) free -= size
    return free
  }

  #store(key: string, bytes: number): void {
    this.writes++
    const before = this.#sizes.get(key) ?? 0
    if (bytes - before <= this.#free()) this.#sizes.set(key, bytes)
  }
}

function keyOf({ kc1, kc2 }: { readonly kc1: number; readonly kc2: number }): string {
  return String.fromCharCode(kc1, kc2)
}

function block(identifier: number, text: string): Uint8Array {
  return Uint8Array.of(0x37, identifier, ...Array.from(text, (c) => c.charCodeAt(0)), 0)
}

function keyBlocks(keys: readonly string[]): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let i = 0; i === 0 || i < keys.length; i += keysPerBlock) {
    const status = i + keysPerBlock < keys.length ? moreFollow : lastBlock
    const text = keys.slice(i, i + keysPerBlock).join('')
    blocks.push(block(0x72, String.fromCharCode(status) + text))
  }
  return blocks
}
