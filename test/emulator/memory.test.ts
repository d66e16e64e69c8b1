/** Rows handed out as they come: the same paper, in bounded memory. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bundleSource } from '../../scripts/bundle-source.mjs'
import { printBytes } from '../../src/entries/emulator.js'
import { findProfile } from '../../src/profiles/index.js'
import { bytes, profile80 } from './helpers.js'
import { joinParts, partsOf, textOfPaper } from './parts.js'

const dots = (rows: number) => `${'FF 81 '.repeat(rows)}`

describe('parts of a paper', () => {
  it.each([
    ['text and a cut', "1B 40 'one' 0A 'two' 0A 1D 56 42 10 'three' 0A 1D 56 00 'left'"],
    ['a picture in bands', `1D 76 30 00 02 00 03 00 ${dots(3)} 1D 76 30 00 02 00 02 00 ${dots(2)}`],
    ['bands of ESC *', `1B 33 10 1B 2A 21 01 00 FF 00 FF 0A 1B 2A 21 01 00 FF 00 FF 0A`],
    ['a code', "1D 28 6B 07 00 31 50 30 '1234' 1D 28 6B 03 00 31 51 30 'a' 0A"],
    [
      'paper fed back',
      "'a' 0A 'b' 0A 1B 4B 50 'c' 0A 1D 42 01 'd' 1B 4B FF 1D 42 01 'e' 0A 'f' 0A",
    ],
    ['feeds without end', "'a' 1B 33 FF 1B 64 FF 'b' 1B 64 FF 1B 64 0F 'c' 1B 4B FF 'd' 1B 64 FF"],
    ['answers and pulses', "10 04 01 1B 70 00 10 10 'x' 0A 1B 01 1D 61 01"],
  ])('%s: put together, what one paper has', (_, source) => {
    const stream = bytes(source)
    const whole = textOfPaper(printBytes(stream, profile80))
    for (const size of [1, 3, stream.length]) {
      const parts = partsOf(stream, profile80, size)
      expect(textOfPaper(joinParts(parts, profile80.widthDots))).toBe(whole)
    }
  })

  it('of a printer with cells lower than the glyphs, which reach into rows above', () => {
    const u220 = findProfile('epson-tm-u220')
    const stream = bytes(
      "'a' 0A 1B 64 20 'b' 0A 1B 4B 44 'e' 0A 1B 4B FF 1B 4B FF 'f' 0A 1D 21 77 'g' 0A",
    )
    const whole = textOfPaper(printBytes(stream, u220))
    for (const size of [1, 5, stream.length]) {
      expect(textOfPaper(joinParts(partsOf(stream, u220, size), u220.widthDots))).toBe(whole)
    }
  })

  it('follow each other without a gap, and none is empty', () => {
    const parts = partsOf(bytes("'a' 0A 1B 64 FF 1B 70 00 01 01 'b' 0A"), profile80, 1)
    expect(parts.map(({ y, heightDots }) => [y, heightDots])).toEqual([
      [0, 30],
      [30, 2048],
      [2078, 2048],
      [4126, 2048],
      [6174, 1506],
      [7680, 0],
      [7680, 30],
    ])
    expect(parts[5]?.pulses).toHaveLength(1)
    expect(parts[6]?.glyphs.map(({ text, y }) => [text, y])).toEqual([['b', 7680]])
  })
})

describe('what a stream cannot make the printer keep or do', () => {
  const noteCodes = (source: Uint8Array) =>
    new Set(printBytes(source, profile80).notes.map(({ code }) => code))
  const times = (count: number, unit: string, before = '') =>
    new Uint8Array(Buffer.concat([bytes(before), ...Array<Uint8Array>(count).fill(bytes(unit))]))

  it.each([
    ['characters over each other in one line', 41_000, "'a' 1B 24 00 00", '', 'LINE_FULL'],
    ['characters on one page', 34_000, "'ab' 1B 24 00 00 0A", '1B 4C', 'PAGE_FULL'],
    ['cuts that wait for paper', 101, '1D 56 61 FF', '', 'CUT_NOT_KEPT'],
    ['paper', 30, '1B 64 FF', '1B 33 FF', 'PAPER_END'],
  ] as const)('%s without end', (_, count, unit, before, code) => {
    expect(noteCodes(times(count, unit, before))).toContain(code)
    expect(noteCodes(times(20, unit, before))).not.toContain(code)
  })

  it('graphics without end', () => {
    // 8,000 × 1,000 dots take a megabyte.
    const head = '1D 38 4C 4B 42 0F 00 30 43 30'
    const define = (key: string) =>
      Buffer.concat([bytes(`${head} ${key} 01 40 1F E8 03 31`), Buffer.alloc(1_000_000)])
    const keys = ['20 20', '20 21', '20 22', '20 23', '20 24', '20 25', '20 26']
    const seven = new Uint8Array(Buffer.concat(keys.map(define)))
    expect(noteCodes(seven)).toEqual(new Set())
    const eight = new Uint8Array(Buffer.concat([...keys, '20 27'].map(define)))
    expect(noteCodes(eight)).toEqual(new Set(['PICTURE_NOT_KEPT']))
  })

  it('feeds of more than a metre', () => {
    expect(printBytes(bytes("1B 33 FF 1B 64 FF 'a' 0A"), profile80).glyphs[0]?.y).toBe(40 * 203)
  })
})

describe.skipIf(!existsSync('/proc/self/status'))('raster without end', () => {
  const megabytes = Number(process.env.XIAOPIAO_RASTER_MB ?? 100)
  const source = () =>
    bundleSource(
      `raster-${process.pid}`,
      `export { VirtualPrinter } from './src/emulator/virtual-printer.ts'
       export { generic80 } from './src/profiles/generic-80.ts'`,
    )

  it.each(['bands', 'huge'])(`${megabytes} MB (%s) print through in 150 MB`, (way) => {
    const child = fileURLToPath(new URL('raster-child.mjs', import.meta.url))
    const bundle = source()
    const run = spawnSync(
      process.execPath,
      ['--max-old-space-size=32', child, bundle, String(megabytes), way],
      { encoding: 'utf8' },
    )
    rmSync(fileURLToPath(bundle), { force: true })
    expect(run.stderr).toBe('')
    const { rows, rowsWanted, isSame, peakMb } = JSON.parse(run.stdout)
    expect({ rows, isSame }).toEqual({ rows: rowsWanted, isSame: true })
    expect(peakMb).toBeLessThan(150)
  })
})
