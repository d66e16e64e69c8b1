/**
 * Decoder and virtual printer, in processor time: `node bench/emulator.mjs`. Beside them, in the same run, what merely
 * copying the same bytes costs, byte by byte in JavaScript: a printer of dots does that much at least. No other decoder of
 * ESC/POS that makes dots is at hand in npm to be compared with.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundleSource } from '../scripts/bundle-source.mjs'

const { Decoder, VirtualPrinter, generic80, printBytes } = await import(
  bundleSource(
    `bench-${process.pid}`,
    `export { printBytes, VirtualPrinter } from './src/emulator/virtual-printer.ts'
     export { Decoder } from './src/encoders/escpos/index.ts'
     export { generic80 } from './src/profiles/generic-80.ts'`,
  )
)

const goldens = fileURLToPath(new URL('../fixtures/goldens/generic-80/', import.meta.url))
const receipts = readdirSync(goldens)
  .filter((file) => file.endsWith('.bin'))
  .map((file) => new Uint8Array(readFileSync(goldens + file)))

function repeated(unit, length) {
  const bytes = new Uint8Array(Math.ceil(length / unit.length) * unit.length)
  for (let at = 0; at < bytes.length; at += unit.length) bytes.set(unit, at)
  return bytes
}

function raster(rows) {
  const bytes = new Uint8Array(8 + 72 * rows)
  bytes.set([0x1d, 0x76, 0x30, 0, 72, 0, rows & 255, rows >> 8])
  for (let i = 8; i < bytes.length; i++) bytes[i] = (i * i) >> 5
  return bytes
}

const hanzi = Uint8Array.from([...'D3E3CFE3C8E2CBBFB8C7BDBDB7B90A'.matchAll(/../g)], ([hex]) =>
  Number.parseInt(hex, 16),
)
const latin = Uint8Array.from('the quick brown fox jumps over the lazy dog\n', (c) =>
  c.charCodeAt(0),
)
const cases = {
  // As much as fits on the paper that is kept.
  'latin text': [repeated(latin, 2.5e5)],
  'hanzi text': [repeated(hanzi, 1e5)],
  raster: [repeated(raster(256), 8e6)],
  'receipts (goldens)': receipts,
}

/** Best processor time of several rounds in ms, so that other programs do not count. */
function measure(work) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

function copy(bytes) {
  const to = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) to[i] = bytes[i]
  return to
}

function decode(bytes) {
  const decoder = new Decoder()
  for (let at = 0; at < bytes.length; at += 65536) decoder.write(bytes.subarray(at, at + 65536))
  decoder.end()
}

function handOut(bytes) {
  const printer = new VirtualPrinter({ profile: generic80, onPart: () => {} })
  printer.write(bytes)
  printer.end()
}

const row = (...cells) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(16))).join(''))
row('MB/s', 'copy', 'decode', 'print, kept', 'print, handed out', '  copy : handed out')
for (const [name, streams] of Object.entries(cases)) {
  // Small streams are repeated, so that a round is long enough to be measured.
  const size = streams.reduce((sum, bytes) => sum + bytes.length, 0)
  const times = Math.ceil(1e6 / size)
  const speed = (work) => {
    const ms = measure(() => {
      for (let i = 0; i < times; i++) for (const bytes of streams) work(bytes)
    })
    return (size * times) / 1000 / ms
  }
  const copied = speed(copy)
  const handed = speed(handOut)
  const kept = speed((bytes) => printBytes(bytes, generic80))
  const shown = [copied, speed(decode), kept, handed].map((value) => value.toFixed(1))
  row(name, ...shown, `${(copied / handed).toFixed(0)} : 1`)
}
