/**
 * Prints megabytes of raster and hands them out: what came out, how fast, and the process's peak of memory, as JSON.
 * Arguments: URL of the virtual printer's bundle, megabytes, `bands` or `huge`.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [source, megabytes, way] = process.argv.slice(2)
const { VirtualPrinter, generic80 } = await import(source)

const paperBytes = generic80.widthDots / 8
const noise = randomBytes(4 * 1024 * 1024 + 13)
const wanted = createHash('sha1')
const got = createHash('sha1')
let noiseAt = 0
let sent = 0
let rows = 0
let rowsWanted = 0
let largestPart = 0

const printer = new VirtualPrinter({
  profile: generic80,
  onPart: ({ y, heightDots, bitmap }) => {
    if (y !== rows) throw new Error(`a part at ${y}, expected at ${rows}`)
    rows += heightDots
    largestPart = Math.max(largestPart, heightDots)
    got.update(bitmap.data)
  },
})

/** Raster commands of `rows` rows, in chunks of TCP's size or larger, as they may come. */
function send(bytesPerRow, rowCount) {
  const { length } = head(bytesPerRow, rowCount)
  printer.write(head(bytesPerRow, rowCount))
  sent += length
  const perChunk = Math.max(1, Math.floor(60_000 / bytesPerRow))
  for (let row = 0; row < rowCount; row += perChunk) {
    const count = Math.min(perChunk, rowCount - row)
    const chunk = take(count * bytesPerRow)
    printer.write(chunk)
    sent += chunk.length
    if (bytesPerRow === paperBytes) wanted.update(chunk)
    else {
      // What is wider than the paper is cut off.
      for (let i = 0; i < count; i++) {
        wanted.update(chunk.subarray(i * bytesPerRow, i * bytesPerRow + paperBytes))
      }
    }
  }
  rowsWanted += rowCount
}

function head(bytesPerRow, rowCount) {
  const [x, y] = [bytesPerRow, rowCount]
  return Uint8Array.of(0x1d, 0x76, 0x30, 0, x & 255, x >> 8, y & 255, y >> 8)
}

function take(length) {
  if (noiseAt + length > noise.length) noiseAt = (noiseAt * 7) % 1013
  const chunk = noise.subarray(noiseAt, noiseAt + length)
  noiseAt += length
  return chunk
}

const before = process.cpuUsage()
while (sent < Number(megabytes) * 1e6) {
  if (way === 'bands') send(paperBytes, 256)
  else {
    send(paperBytes, 65_535)
    send(1000, 20_000)
  }
}
printer.end()
const { user, system } = process.cpuUsage(before)
// Not maxRSS: a child begins with its parent's.
const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
process.stdout.write(
  JSON.stringify({
    megabytes: sent / 1e6,
    rows,
    rowsWanted,
    largestPart,
    isSame: wanted.digest('hex') === got.digest('hex'),
    megabytesPerSecond: Math.round(sent / (user + system)),
    peakMb: Math.round(Number(peak) / 1024),
  }),
)
