/** Lines of JSON with a checksum as their last field, so that a bit that has flipped is found. */

/**
 * The end of a line: the checksum of the bytes before this mark, in eight hexadecimal digits. The text of a line
 * cannot hold the mark, because quotes within texts are escaped.
 */
const MARK = Buffer.from(',"sum":"')
const TAIL = Buffer.from('"}')
const DIGITS = 8
export const NEWLINE = 0x0a

/** CRC-32 of `node:zlib`. */
export type Checksum = (bytes: Uint8Array) => number

/** The bytes of a line, with its newline. */
export function formatSummed(line: object, checksum: Checksum): Buffer {
  const json = Buffer.from(JSON.stringify(line).slice(0, -1), 'utf8')
  const digits = Buffer.from(hexOf(checksum(json)))
  return Buffer.concat([json, MARK, digits, TAIL, Buffer.of(NEWLINE)])
}

/** The end of the line whose checksum is right. Undefined if there is no such line here. */
export function summedEnd(bytes: Buffer, from: number, checksum: Checksum): number | undefined {
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

function hexOf(sum: number): string {
  return sum.toString(16).padStart(DIGITS, '0')
}
