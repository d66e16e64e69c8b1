/** Lines of a journal's file: JSON with a checksum, and those of earlier versions without one. */

import { parseLine, type StoredLine } from './stored.js'
import { type Checksum, NEWLINE, summedEnd } from './summed-lines.js'

/** A part of the file: a whole line, or bytes that do not make one. */
export interface Stretch {
  /** Offset in the bytes that were searched; `to` is the offset of the newline, which is left out. */
  readonly from: number
  readonly to: number
  /** Undefined if the bytes are damaged. */
  readonly line: StoredLine | undefined
  /** True if the line is whole, but the newline after it is damaged. */
  readonly lostNewline: boolean
}

/**
 * Splits these bytes into lines, each with its place. The stretches end where the last line ends, because the bytes
 * after that are the beginning of a line that is still being written, or never will be.
 */
export function readLines(bytes: Buffer, checksum: Checksum): readonly Stretch[] {
  const found: Stretch[] = []
  let from = 0
  while (from < bytes.length) {
    const to = summedEnd(bytes, from, checksum)
    const newline = bytes.indexOf(NEWLINE, from)
    if (to !== undefined && to < bytes.length) {
      const line = parseLine(bytes.toString('utf8', from, to))
      found.push({ from, to, line, lostNewline: bytes[to] !== NEWLINE })
      from = to + 1
    } else {
      if (newline < 0) break
      const line = unsummedLine(bytes.toString('utf8', from, newline))
      found.push({ from, to: newline, line, lostNewline: false })
      from = newline + 1
    }
  }
  return found
}

/** The line at the beginning of these bytes. */
export function readLine(bytes: Buffer, checksum: Checksum): StoredLine | undefined {
  const to = summedEnd(bytes, 0, checksum)
  const text = bytes.toString('utf8', 0, to ?? bytes.length)
  return to === undefined ? unsummedLine(text) : parseLine(text)
}

const FIELDS_WITHOUT_SUM: ReadonlySet<string> = new Set(['event', 'record', 'payload'])

/**
 * Lines of earlier versions lack a checksum and have all other fields. A line whose checksum was damaged is not
 * taken for one of them.
 */
function unsummedLine(text: string): StoredLine | undefined {
  const line = parseLine(text)
  return line && Object.keys(line).every((name) => FIELDS_WITHOUT_SUM.has(name)) ? line : undefined
}
