/**
 * Shaping and decoding against iconv-lite in the same run: `node bench/charsets.mjs` after `npm run build:js`.
 * Prints nanoseconds per character and how many times faster than iconv-lite; and what loading the tables costs.
 */
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import iconv from 'iconv-lite'

const source = fileURLToPath(new URL('../src/charsets/', import.meta.url))
const outfile = fileURLToPath(new URL('../node_modules/.cache/bench-charsets.mjs', import.meta.url))
buildSync({
  stdin: {
    contents: `
      export { makeCharset } from './charset.ts'
      export { shape } from './shape.ts'
      export { cellBytes } from './cell-bytes.ts'
      export { multibyteDecoder } from './multibyte-decoder.ts'
      export { zoneCodes, zoneCharacters } from './zones.ts'
    `,
    resolveDir: source,
  },
  outfile,
  bundle: true,
  charset: 'utf8',
  format: 'esm',
  logLevel: 'error',
})
const { makeCharset, shape, cellBytes, multibyteDecoder, zoneCodes, zoneCharacters } = await import(
  outfile
)

const cases = [
  { zone: 'gbk', encoding: 'cp936', text: '鱼香肉丝盖浇饭（大份）加煎蛋 x1 28.00，备注：少辣' },
  { zone: 'gb18030-2byte', encoding: 'gb18030', text: '鱼香肉丝盖浇饭（大份）加煎蛋 x1 28.00' },
  { zone: 'big5', encoding: 'cp950', text: '滷肉飯（大碗）加滷蛋 x2 130，備註：不要香菜' },
  { zone: 'shift_jis', encoding: 'shiftjis', text: '特製醤油ラーメン（大盛）x2 1,960円' },
  { zone: 'euc-kr', encoding: 'euckr', text: '국물떡볶이 (매운맛) x2 13,000' },
]

/** Nanoseconds of processor time per character: the best of nine rounds, so that other programs do not count. */
function measure(characters, work) {
  const times = 20_000
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 9; round++) {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i++) work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  return (best * 1000) / times / characters
}

function decode(decoder, bytes) {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    text += decoder.isLead(byte) ? decoder.lookup(byte, bytes[++i]) : String.fromCharCode(byte)
  }
  return text
}

const row = (...cells) =>
  console.log(cells.map((cell, i) => (i ? cell.padStart(13) : cell.padEnd(14))).join(''))
row(
  'ns/char',
  'first use ms',
  'shape+bytes',
  'iconv encode',
  'ratio',
  'decode',
  'iconv decode',
  'ratio',
)
for (const { zone, encoding, text } of cases) {
  const before = process.cpuUsage()
  zoneCodes(zone)
  zoneCharacters(zone)
  const { user, system } = process.cpuUsage(before)
  const first = (user + system) / 1000
  const charset = makeCharset({ zone })
  const options = { path: '', report: () => {} }
  const bytes = cellBytes(shape(text, charset, options))
  const decoder = multibyteDecoder(zone)
  if (!iconv.encode(text, encoding).equals(bytes) || decode(decoder, bytes) !== text) {
    throw new Error(`${zone}: not the bytes of iconv-lite`)
  }
  const buffer = Buffer.from(bytes)
  const ours = measure(text.length, () => cellBytes(shape(text, charset, options)))
  const theirs = measure(text.length, () => iconv.encode(text, encoding))
  const back = measure(text.length, () => decode(decoder, bytes))
  const theirBack = measure(text.length, () => iconv.decode(buffer, encoding))
  const fixed = (number) => number.toFixed(1)
  row(
    zone,
    first.toFixed(2),
    fixed(ours),
    fixed(theirs),
    `${fixed(theirs / ours)}x`,
    fixed(back),
    fixed(theirBack),
    `${fixed(theirBack / back)}x`,
  )
}
