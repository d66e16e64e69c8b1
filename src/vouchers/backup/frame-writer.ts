/** Writes the frames of a backup one after the other. */

import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { HASH_BYTES } from '../chain.js'
import { cipherOf, type FrameCipher, makeHeader } from './frame-cipher.js'
import { SCRYPT, type ScryptCost } from './header.js'
import { FRAME_KINDS, FRAME_START, type FrameKind, writeHeader } from './layout.js'

const deflate = promisify<string, Buffer>(deflateRaw)

export class FrameWriter {
  readonly #file: FileHandle
  readonly #cipher: FrameCipher
  #position = 0
  bytes: number

  private constructor(file: FileHandle, cipher: FrameCipher, bytes: number) {
    this.#file = file
    this.#cipher = cipher
    this.bytes = bytes
  }

  /** Writes the header of a new backup, and returns the writer of its frames. */
  static async begin(
    file: FileHandle,
    password: string | undefined,
    cost: ScryptCost = SCRYPT,
  ): Promise<FrameWriter> {
    const { header, key } = await makeHeader(password, cost)
    const bytes = writeHeader(header)
    await file.writeFile(bytes)
    return new FrameWriter(file, cipherOf(bytes.subarray(-HASH_BYTES), key), bytes.length)
  }

  async write(kind: FrameKind, text: string): Promise<void> {
    const payload = await deflate(text)
    const place = {
      position: this.#position++,
      kind: FRAME_KINDS[kind],
      length: payload.length,
    }
    const { stored, check } = this.#cipher.close(place, payload)
    const start = Buffer.alloc(FRAME_START)
    start.writeUInt32BE(place.length)
    start.writeUInt8(place.kind, 4)
    const frame = Buffer.concat([start, stored, check])
    await this.#file.writeFile(frame)
    this.bytes += frame.length
  }
}
