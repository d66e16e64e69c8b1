/** Reads the frames of a backup one after the other, each checked before anything of it is used. */

import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { HASH_BYTES, isSameHash } from '../chain.js'
import {
  backupCut,
  backupDamaged,
  backupMissing,
  backupNewer,
  backupUnknown,
} from './backup-errors.js'
import { cipherOf, type FrameCipher, keyFor } from './frame-cipher.js'
import { type BackupHeader, isHeader } from './header.js'
import {
  CHECK_BYTES,
  FRAME_KINDS,
  FRAME_START,
  type FrameKind,
  HEADER_START,
  MAGIC,
  MAX_FRAME,
  MAX_HEADER,
  sha256,
} from './layout.js'

const inflate = promisify<Uint8Array, object, Buffer>(inflateRaw)
/** Maximum size of an inflated frame in bytes: a frame holds about a megabyte, and a damaged one must not exhaust the memory. */
const MAX_TEXT = 64 * 1024 * 1024

interface SourceFile {
  readonly path: string
  readonly handle: FileHandle
}

export interface Frame {
  /** Position in the file, from 0. */
  readonly position: number
  readonly kind: FrameKind
  readonly text: string
}

export class FrameReader {
  readonly #file: SourceFile
  readonly #cipher: FrameCipher
  readonly isEncrypted: boolean
  /** Bytes that were read so far. */
  bytes: number
  #position = 0

  private constructor(file: SourceFile, cipher: FrameCipher, header: BackupHeader, bytes: number) {
    this.#file = file
    this.#cipher = cipher
    this.isEncrypted = header.cipher !== 'none'
    this.bytes = bytes
  }

  /**
   * Opens a backup and reads its header.
   * @throws VoucherError `BACKUP_MISSING`, `BACKUP_UNKNOWN`, `BACKUP_NEWER`, `BACKUP_DAMAGED`, `BACKUP_CUT`, `BACKUP_PASSWORD`
   */
  static async open(path: string, password: string | undefined): Promise<FrameReader> {
    const handle = await open(path, 'r').catch((cause) => {
      throw backupMissing(path, cause)
    })
    const file = { path, handle }
    try {
      const { header, hash, bytes } = await readHeader(file)
      const key = header.cipher === 'none' ? undefined : await keyFor(header, password)
      return new FrameReader(file, cipherOf(hash, key), header, bytes)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Reads the next frame and throws if it is missing. After the end frame no byte may follow. */
  async next(): Promise<Frame> {
    const position = this.#position++
    const start = await this.#read(FRAME_START, position)
    const length = start.readUInt32BE(0)
    const kindByte = start.readUInt8(4)
    if (length > MAX_FRAME) throw backupDamaged('has an impossible length', position)
    const stored = await this.#read(length, position)
    const check = await this.#read(CHECK_BYTES, position)
    const payload = this.#cipher.open({ position, kind: kindByte, length }, stored, check)
    const kind = Object.entries(FRAME_KINDS).find(([, byte]) => byte === kindByte)?.[0]
    if (payload === undefined || kind === undefined) {
      throw backupDamaged('is not as it was written', position)
    }
    if (kind === 'end') await this.#checkEnd(position)
    const text = await inflate(payload, { maxOutputLength: MAX_TEXT }).catch(() => {
      throw backupDamaged('cannot be unpacked', position)
    })
    return { position, kind: kind as FrameKind, text: text.toString('utf8') }
  }

  async close(): Promise<void> {
    await this.#file.handle.close()
  }

  async #read(length: number, frame: number): Promise<Buffer> {
    const bytes = await readBytes(this.#file, length)
    if (bytes.length < length) throw backupCut(frame)
    this.bytes += length
    return bytes
  }

  async #checkEnd(position: number): Promise<void> {
    const rest = await readBytes(this.#file, 1)
    if (rest.length > 0) throw backupDamaged('is the last one, and more bytes follow it', position)
  }
}

async function readHeader(
  file: SourceFile,
): Promise<{ readonly header: BackupHeader; readonly hash: Uint8Array; readonly bytes: number }> {
  const start = await readBytes(file, HEADER_START)
  if (start.toString('latin1', 0, MAGIC.length) !== MAGIC) throw backupUnknown()
  if (start.length < HEADER_START) throw backupCut(0)
  const length = start.readUInt32BE(MAGIC.length)
  if (length > MAX_HEADER) throw backupDamaged('has an impossible length')
  const json = await readBytes(file, length)
  const hash = await readBytes(file, HASH_BYTES)
  if (hash.length < HASH_BYTES) throw backupCut(0)
  if (!isSameHash(hash, sha256(start, json))) throw backupDamaged('is not as it was written')
  // The hash of an unknown header is right, so a newer version of the library has written it.
  const header: unknown = JSON.parse(json.toString('utf8'))
  if (!isHeader(header)) throw backupNewer()
  return { header, hash, bytes: HEADER_START + length + HASH_BYTES }
}

/** Reads `length` bytes, or fewer if the file ends. */
async function readBytes({ path, handle }: SourceFile, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const reading = handle.read(bytes, filled, length - filled)
    const { bytesRead } = await reading.catch((cause) => {
      throw backupMissing(path, cause)
    })
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
