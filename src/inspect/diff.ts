/** Compares two streams: the commands that differ, and what they change on paper. */

import { printBytes } from '../emulator/virtual-printer.js'
import { type Decoded, decodeAll } from '../encoders/escpos/codec.js'
import type { Profile } from '../model/profile.js'
import { diffPapers, type PaperDiff } from '../paper/diff/diff-paper.js'
import { diffKeys } from '../paper/diff/sequence-diff.js'

/** Successive commands of one stream, and the commands that the other stream has in their place, if any. */
export interface CommandChange {
  readonly before: readonly Decoded[]
  readonly after: readonly Decoded[]
}

export interface StreamDiff {
  readonly sameBytes: boolean
  /** Whether both papers have the same dots, cuts and pulses; see `paper`. */
  readonly samePaper: boolean
  readonly commands: readonly CommandChange[]
  readonly paper: PaperDiff
}

/**
 * Compares two streams command by command, and the papers that they make on this printer.
 *
 * @example
 * const other = compile({ nodes: [text('合计 ¥13.50')] }, { profile }).bytes
 * diffStreams(bytes, other, profile).samePaper // false
 */
export function diffStreams(before: Uint8Array, after: Uint8Array, profile: Profile): StreamDiff {
  const old = decodeAll(before)
  const now = decodeAll(after)
  const hunks = diffKeys(keysOf(before, old), keysOf(after, now))
  const paper = diffPapers(printBytes(before, profile), printBytes(after, profile))
  return {
    sameBytes: before.length === after.length && before.every((byte, i) => byte === after[i]),
    samePaper: paper.same,
    commands: hunks
      .filter(({ equal }) => !equal)
      .map((hunk) => ({ before: old.slice(...hunk.before), after: now.slice(...hunk.after) })),
    paper,
  }
}

/** Returns each command as a string of its bytes, because commands are the same if their bytes are. */
function keysOf(bytes: Uint8Array, decoded: readonly Decoded[]): string[] {
  return decoded.map(({ offset, length }) => {
    let key = ''
    for (let at = offset; at < offset + length; at += 4096) {
      const end = Math.min(at + 4096, offset + length)
      key += String.fromCharCode(...bytes.subarray(at, end))
    }
    return key
  })
}
