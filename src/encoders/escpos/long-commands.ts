/** Commands that are too long to be kept in memory: they are skipped in pieces, or printed in bands. */

import type { Command } from './commands/index.js'
import type { Source } from './field-io.js'

/**
 * Length of the longest command that is decoded as a whole, in bytes. A longer one is given as `unknown` bytes in
 * pieces of 64 KB, because its content then need not be kept and the bytes after it are still decoded correctly. Some
 * length fields claim 4 GB. The pieces of `FS q` end with the picture that exceeds the limit.
 */
export const maxCommandBytes = 8 * 1024 * 1024
const PIECE_BYTES = 65536
const BAND_BYTES = 1024 * 1024

/** State of the decoder between two reads: what is known of the next bytes from those before them. */
export interface State {
  readonly bands: boolean
  /** Number of the next bytes that are known to be text. */
  textSeen: number
  /** The command that is given in parts, if the next bytes are in the middle of one. */
  long: Long | undefined
}

type Long = Skipped | Raster

interface Skipped {
  readonly kind: 'skipped'
  readonly reason: string
  bytesLeft: number
}

interface Raster {
  readonly kind: 'raster'
  readonly m: number
  readonly bytesPerRow: number
  rowsLeft: number
  /** Bytes of the command's head that are not yet consumed. */
  headBytes: number
}

export function newState(bands: boolean): State {
  return { bands, textSeen: 0, long: undefined }
}

/** Reads the next part of `long`; undefined if bytes are missing. */
export function readLong(
  source: Source,
  state: State,
  long: Long,
  final: boolean,
): Command | undefined {
  if (long.kind === 'skipped') return readPiece(source, state, long, final)
  return readBand(source, state, long, final)
}

/** The next 64 KB of a command that is skipped. */
function readPiece(
  source: Source,
  state: State,
  skipped: Skipped,
  final: boolean,
): Command | undefined {
  const length = Math.min(PIECE_BYTES, skipped.bytesLeft)
  const there = Math.min(length, source.end - source.at)
  if (there < length && !final) {
    source.wanted = source.at + length
    return undefined
  }
  const bytes = source.bytes.slice(source.at, source.at + there)
  source.at += there
  skipped.bytesLeft -= there
  if (skipped.bytesLeft === 0) state.long = undefined
  return { kind: 'unknown', bytes, reason: skipped.reason }
}

/** Returns the raster at the cursor if it is long enough to be given in bands. Its head is not consumed. */
export function longRaster({ bytes, at, end }: Source): Raster | undefined {
  const [gs, v, zero, m, xL, xH, yL, yH] = bytes.subarray(at, Math.min(end, at + 8))
  if (gs !== 0x1d || v !== 0x76 || zero !== 0x30 || m === undefined) return undefined
  if (xL === undefined || xH === undefined || yL === undefined || yH === undefined) return undefined
  const bytesPerRow = xL + xH * 256
  const rowsLeft = yL + yH * 256
  if (bytesPerRow * rowsLeft <= BAND_BYTES) return undefined
  return { kind: 'raster', m, bytesPerRow, rowsLeft, headBytes: 8 }
}

/** Reads the next rows, or at the end of the stream the rows that have arrived. */
function readBand(
  source: Source,
  state: State,
  raster: Raster,
  final: boolean,
): Command | undefined {
  const { m, bytesPerRow, rowsLeft, headBytes } = raster
  const start = source.at
  const from = start + headBytes
  const most = Math.max(1, Math.floor(BAND_BYTES / bytesPerRow))
  const wanted = Math.min(most, rowsLeft)
  const rows = Math.min(wanted, Math.floor((source.end - from) / bytesPerRow))
  if (rows < wanted && !final) {
    source.wanted = from + wanted * bytesPerRow
    return undefined
  }
  if (rows === 0) {
    source.wanted = from + rowsLeft * bytesPerRow
    state.long = undefined
    return unfinished(source, start, 'GS v 0')
  }
  source.at = from + rows * bytesPerRow
  raster.headBytes = 0
  raster.rowsLeft -= rows
  if (raster.rowsLeft === 0) state.long = undefined
  return { kind: 'raster', m, bytesPerRow, rows, data: source.bytes.slice(from, source.at) }
}

/** Takes the rest of a stream that ends inside a command; `source.wanted` says where the command would end. */
export function unfinished(source: Source, start: number, name: string): Command {
  const missing = source.wanted - source.end
  const bytes = source.bytes.slice(start, source.end)
  source.at = source.end
  const reason = `unfinished command ${name}: at least ${missing} more ${missing === 1 ? 'byte' : 'bytes'} expected`
  return { kind: 'unknown', bytes, reason }
}
