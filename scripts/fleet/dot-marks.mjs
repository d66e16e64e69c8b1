/**
 * Marks in dots, for printers that get pictures: a line of 80 dots that says what begins or ends here. The judge reads them from the paper as it
 * reads `[KEY` on the others.
 */

const MAGIC = [0xb5, 0x3a, 0x9c, 0x65]
const WHAT = ['start', 'end', 'again']
const LENGTH = MAGIC.length + 6
const ROWS = 4

/** @returns a command of the encoder that prints the mark */
export function markCommand(what, number = 0) {
  const body = [WHAT.indexOf(what), ...[24, 16, 8, 0].map((shift) => (number >>> shift) & 255)]
  const line = [...MAGIC, ...body, checkOf(body)]
  const data = Uint8Array.from(Array(ROWS).fill(line).flat())
  return { kind: 'raster', m: 0, bytesPerRow: LENGTH, rows: ROWS, data }
}

/** @returns `[what, number]` in the order in which they stand on the paper; a mark that is torn is none */
export function marksOnDots({ widthDots, heightDots, data }) {
  const stride = (widthDots + 7) >> 3
  const found = []
  let rows = 0
  let before = ''
  for (let y = 0; y < heightDots; y++) {
    const line = data.subarray(y * stride, y * stride + LENGTH)
    const body = Array.from(line.subarray(MAGIC.length, LENGTH - 1))
    const isMark = MAGIC.every((byte, i) => line[i] === byte) && line[LENGTH - 1] === checkOf(body)
    const now = isMark ? body.join() : ''
    rows = now === before ? rows + 1 : 1
    before = now
    if (!isMark || rows !== ROWS) continue
    const [what, ...digits] = body
    found.push([WHAT[what], digits.reduce((sum, byte) => sum * 256 + byte, 0)])
    // The same mark once more is another one.
    before = ''
  }
  return found
}

function checkOf(body) {
  return body.reduce((sum, byte) => (sum * 31 + byte + 7) & 255, 91)
}
