/** Lines of a journal's file: JSON with a checksum as its last field, so that a bit that has flipped is found. */

import { parseLine, type StoredLine } from './stored.js'

/**
 * The end of a line: the checksum of the bytes before this mark, in eight hexadecimal digits. The text of a line
 * cannot hold the mark, because quotes within texts are escaped.
 */
const MARK = Buffer.from(',"sum":"')
const TAIL = Buffer.from('"}')
const DIGITS = 8
const NEWLINE = 0x0a

/** CRC-32 of `node:zlib`. */
export type Checksum = (bytes: Uint8Array) => number

/** A part of the file: a whole line, or bytes that do not make one. */
export interface Stretch {
  /** In the bytes that were searched, without the newline. */
  readonly from: number
  readonly to: number
  /** Undefined: the bytes were damaged. */
  readonly line: StoredLine | undefined
  /** The line is whole, but the newline after it is damaged. */
  readonly lostNewline: boolean
}

/** The bytes of a line, with its newline. */
export function formatLine(line: StoredLine, checksum: Checksum): Buffer {
  const json = Buffer.from(JSON.stringify(line).slice(0, -1), 'utf8')
  const digits = Buffer.from(hexOf(checksum(json)))
  return Buffer.concat([json, MARK, digits, TAIL, Buffer.of(NEWLINE)])
}

/**
 * The lines of these bytes, each with its place. The stretches end where the last line ends, because the bytes
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

/** The end of the line whose checksum is right. Undefined if there is no such line here. */
function summedEnd(bytes: Buffer, from: number, checksum: Checksum): number | undefined {
  const newline = bytes.indexOf(NEWLINE, from)
  // The mark of a line is before its newline: searching further would make a file of lines without marks slow to read.
  const mark = from + bytes.subarray(from, newline < 0 ? bytes.length : newline).indexOf(MARK)
  if (mark < from) return undefined
  const digits = mark + MARK.length
  const tail = digits + DIGITS
  const end = tail + TAIL.length
  if (end > bytes.length || !bytes.subarray(tail, end).equals(TAIL)) return undefined
  const isRight =
    bytes.toString('latin1', digits, tail) === hexOf(checksum(bytes.subarray(from, mark)))
  return isRight ? end : undefined
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

function hexOf(sum: number): string {
  return sum.toString(16).padStart(DIGITS, '0')
}
