/**
 * The layout of a backup file: a header that anybody may read, and frames, each with its own check.
 *
 *     XPBACKUP | u32 length | header, JSON | SHA-256 of all before
 *     u32 length | u8 kind | payload | 16 bytes of check      (once for each frame)
 *
 * The check of a frame covers the header, the position of the frame, its kind and its length, so that a frame that was changed, moved, left
 * out or taken from another backup is noticed. The last frame is an end frame: a file that was cut, even between two frames, lacks it.
 */

import { createHash } from 'node:crypto'
import type { BackupHeader } from './header.js'

export const MAGIC = 'XPBACKUP'
/** Bytes before the JSON of the header: the magic and the length. */
export const HEADER_START = MAGIC.length + 4
/** Bytes before the payload of a frame: the length and the kind. */
export const FRAME_START = 5
export const CHECK_BYTES = 16

/** Maximum lengths of a header and of a payload in bytes, so that a damaged length does not exhaust the memory. */
export const MAX_HEADER = 4096
export const MAX_FRAME = 16 * 1024 * 1024

/** Kinds of frames, with their numbers in the file. */
export const FRAME_KINDS = { manifest: 1, rows: 2, end: 3 } as const
export type FrameKind = keyof typeof FRAME_KINDS

export function writeHeader(header: BackupHeader): Uint8Array {
  const json = Buffer.from(JSON.stringify(header))
  const start = Buffer.alloc(HEADER_START)
  start.write(MAGIC)
  start.writeUInt32BE(json.length, MAGIC.length)
  const text = Buffer.concat([start, json])
  return new Uint8Array(Buffer.concat([text, sha256(text)]))
}

/** The place of a frame, as its check covers it. */
export interface FramePlace {
  /** Position in the file, from 0. */
  readonly position: number
  readonly kind: number
  /** Length of the payload in bytes. */
  readonly length: number
}

/**
 * Returns the bytes that the check of a frame covers besides its payload.
 * @param header hash of the header, which is at its end
 */
export function frameContext(
  header: Uint8Array,
  { position, kind, length }: FramePlace,
): Uint8Array {
  const place = Buffer.alloc(8 + FRAME_START)
  place.writeBigUInt64BE(BigInt(position))
  place.writeUInt32BE(length, 8)
  place.writeUInt8(kind, 12)
  return Buffer.concat([header, place])
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
