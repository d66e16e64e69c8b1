/** The answers of a virtual device about its NV graphics. */

import type { GraphicsMemory } from '../emulator/pictures/graphics-memory.js'
import type { Command } from '../encoders/escpos/commands/index.js'

/** Keys in one block of the list (Citizen's manuals: 40). */
const KEYS_PER_BLOCK = 40
const LAST_BLOCK = 0x40
const MORE_FOLLOW = 0x41
const ACK = 0x06

export class DeviceLogos {
  readonly #memory: GraphicsMemory
  /** Blocks of the key list that the host has not acknowledged. */
  #blocks: Uint8Array[] = []

  constructor(memory: GraphicsMemory) {
    this.#memory = memory
  }

  /** The device's answer to the command, if it has one. */
  answer(command: Command): Uint8Array | undefined {
    switch (command.kind) {
      case 'graphicsNvCapacity':
        return block(0x30, String(this.#memory.capacityBytes))
      case 'graphicsNvFree':
        return block(0x31, String(this.#memory.freeBytes))
      case 'graphicsNvKeys':
        this.#blocks = keyBlocks(this.#memory.keys)
        return this.#blocks[0]
      case 'unknown':
        if (this.#blocks.length === 0 || command.bytes[0] !== ACK) return undefined
        this.#blocks.shift()
        return this.#blocks[0]
      default:
        return undefined
    }
  }
}

function block(identifier: number, text: string): Uint8Array {
  return Uint8Array.of(0x37, identifier, ...Array.from(text, (c) => c.charCodeAt(0)), 0)
}

function keyBlocks(keys: readonly string[]): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let i = 0; i === 0 || i < keys.length; i += KEYS_PER_BLOCK) {
    const status = i + KEYS_PER_BLOCK < keys.length ? MORE_FOLLOW : LAST_BLOCK
    const text = keys.slice(i, i + KEYS_PER_BLOCK).join('')
    blocks.push(block(0x72, String.fromCharCode(status) + text))
  }
  return blocks
}
