/** The answers of a virtual device about its NV graphics. */

import type { Effect } from '../emulator/effect.js'

/** Keys in one block of the list (Citizen's manuals: 40). */
const KEYS_PER_BLOCK = 40
const LAST_BLOCK = 0x40
const MORE_FOLLOW = 0x41

export class DeviceLogos {
  /** Blocks of the key list that the host has not acknowledged. */
  #blocks: Uint8Array[] = []

  /** The device's answer to the effect, if it has one. */
  answer(effect: Effect): Uint8Array | undefined {
    switch (effect.kind) {
      case 'logo-capacity-asked':
        return block(0x30, String(effect.bytes))
      case 'logo-room-asked':
        return block(0x31, String(effect.bytes))
      case 'logo-keys-asked':
        this.#blocks = keyBlocks(effect.keys)
        return this.#blocks[0]
      case 'acknowledged':
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
